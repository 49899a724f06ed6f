"""Reading what /metrics answers: `found[name, *values of the labels in any order]`."""

from prometheus_client.parser import text_string_to_metric_families


class Exposition(dict):
    def __init__(self, text):
        families = text_string_to_metric_families(text)
        samples = [each for family in families for each in family.samples]
        super().__init__({(each.name, frozenset(each.labels.values())): each.value for each in samples})

    def __getitem__(self, key):
        return self.get(*key)

    def get(self, name, *values, default=None):
        return super().get((name, frozenset(values)), default)

    @property
    def names(self):
        return {name for name, _ in self}
