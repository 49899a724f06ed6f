"""What the tests of the lessons' interactive figures share."""

CALL = "async ([model, name, args]) => (await import(`/static/web/js/see/models/${model}.js`))[name](...args)"


def compute(page, model, name, *args):
    """Call a function of js/see/models/ in the browser, as a figure does."""
    return page.evaluate(CALL, [model, name, args])
