def call(learner, X, y, X_new, **options):
    """Grow a tree on X and y, and ask it about X_new."""
    tree = learner.DecisionTree(**options)
    tree.fit(X, y)
    return tree.predict(X_new)
