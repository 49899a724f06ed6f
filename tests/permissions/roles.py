"""Who asks: every kind of account, in a session or with a token, and nobody."""

VISITOR, SWITCHED_OFF = "visitor", "switched off"
OWNER, OTHER = "owner", "other learner"
INSTRUCTOR, STAFF, SUPERUSER = "instructor", "staff without a group", "superuser"
SESSIONS = frozenset({OWNER, OTHER, INSTRUCTOR, STAFF, SUPERUSER})
NOBODY = frozenset({VISITOR, SWITCHED_OFF})

# Tokens: the account each belongs to, and its scopes.
ALL = ("read", "submit", "account", "staff")
TOKENS = {
    "token: read": (OWNER, ("read",)),
    "token: submit": (OWNER, ("submit",)),
    "token: account": (OWNER, ("account",)),
    "token: staff, of a learner": (OWNER, ("staff",)),
    "token of the other learner": (OTHER, ALL),
    "token: staff, of an instructor": (INSTRUCTOR, ("staff",)),
    "token: the rest, of an instructor": (INSTRUCTOR, ("read", "submit", "account")),
    "token: switched off": (SWITCHED_OFF, ALL),
}
DEAD_TOKEN = "token: switched off"
ROLES = (VISITOR, SWITCHED_OFF, OWNER, OTHER, INSTRUCTOR, STAFF, SUPERUSER, *TOKENS)
# With METRICS_TOKEN, which is good for one address and belongs to no account.
PROMETHEUS = "Prometheus"
# Pages know no tokens: one is as good as the others to see that.
ROLES_OF_PAGES = (VISITOR, SWITCHED_OFF, OWNER, OTHER, INSTRUCTOR, STAFF, SUPERUSER, "token: staff, of an instructor")


def tokens_with(scopes: tuple[str, ...], *owners: str) -> frozenset[str]:
    """Return the living tokens with one of the scopes, of these owners or of anybody."""
    return frozenset(
        name
        for name, (owner, has) in TOKENS.items()
        if set(has) & set(scopes) and (owner in owners if owners else owner != SWITCHED_OFF)
    )
