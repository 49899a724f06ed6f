"""Looking into pages without a browser."""

from html.parser import HTMLParser


class _Collector(HTMLParser):
    def __init__(self):
        super().__init__()
        self.elements = []
        self.words = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def _parsed(response):
    collector = _Collector()
    collector.feed(response.content.decode())
    return collector


def elements(response, tag, **having):
    """Return the attributes of each element `tag` that has the given ones."""
    wanted = {name.rstrip("_").replace("_", "-"): value for name, value in having.items()}
    found = [attrs for name, attrs in _parsed(response).elements if name == tag]
    return [attrs for attrs in found if wanted.items() <= attrs.items()]


def attribute(response, name):
    """Return the values of an attribute, wherever it stands."""
    return [attrs[name] for _, attrs in _parsed(response).elements if attrs.get(name) is not None]


def text(response):
    """Return the words of the page, with each run of white space as one space."""
    return " ".join(" ".join(_parsed(response).words).split())
