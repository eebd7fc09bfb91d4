"""The command line: what a person types, and what comes back.

What lives here: arguments, printing, exit codes; one module a command. What never comes in: reading,
scoring and checking themselves; the layers below have them. `main` and `arguments` import nothing heavy,
so that `kinerja --version` answers at once; a command's module is imported when it is asked for.
"""
