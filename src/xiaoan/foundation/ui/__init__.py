"""The interface's parts: components with declared props, the page shells, dates in words, error pages.

Every module builds its screens from these and adds no styles of its own. Pages work without script.
The styles and behaviours themselves are in `frontend/` and reach a page through `{% bundle %}`.
"""
