"""Pictures of weights, people and units (`kinerja[plots]`).

What lives here: one function a picture; each draws findings on matplotlib axes and returns the Axes.
What never comes in: how anything is found, files, the look of pages.
"""
