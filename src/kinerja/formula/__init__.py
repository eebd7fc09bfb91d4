"""One closed expression language, and everything that reads it.

What lives here: the nodes of formulas and their types; the exact evaluator, the text evaluator, the
ranges evaluator and the parser, a module each. What never comes in: rule kinds, files, numpy.
"""
