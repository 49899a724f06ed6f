from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from grader.api.scopes import Scope
from lms.accounts.models import CODE_LENGTH, CODE_LETTERS, TokenLabel, User

DAYS = [("30", "30 days"), ("90", "90 days"), ("365", "a year"), ("", "until it is revoked")]


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["display_name"]
        help_texts = {
            "display_name": "The name on your certificates. If you leave it empty, your username stands there."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"].widget.attrs["autocomplete"] = "name"

    def clean_display_name(self) -> str:
        return " ".join(self.cleaned_data["display_name"].split())


class TokenForm(forms.ModelForm):
    scopes = forms.MultipleChoiceField(
        choices=Scope.choices,
        initial=[Scope.READ, Scope.SUBMIT],
        widget=forms.CheckboxSelectMultiple,
        label="It may",
        error_messages={"required": "A token that may do nothing is of no use: choose at least one."},
    )
    days = forms.ChoiceField(choices=DAYS, initial="90", required=False, label="Valid for")

    class Meta:
        model = TokenLabel
        fields = ["name"]
        help_texts = {"name": "What you will use it for, as in “laptop” or “marking script”."}

    field_order = ["name", "scopes", "days"]

    def __init__(self, *args: Any, user: User, scopes: Collection[str], **kwargs: Any) -> None:
        """`scopes` are those of the request, which can give no others."""
        super().__init__(*args, **kwargs)
        offered = set(scopes) if user.is_staff else set(scopes) - {Scope.STAFF}
        self.fields["scopes"].choices = [choice for choice in Scope.choices if choice[0] in offered]

    def clean_days(self) -> int | None:
        return int(self.cleaned_data["days"]) if self.cleaned_data["days"] else None


class DeviceForm(forms.Form):
    code = forms.CharField(
        label="Code",
        max_length=40,
        help_text="Eight letters, as the program shows them.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "autofocus": True}
        ),
    )

    def clean_code(self) -> str:
        """Return the letters alone: case, spaces and the dash do not matter."""
        typed = self.cleaned_data["code"]
        letters = "".join(character for character in typed.upper() if character.isalnum())
        if len(letters) != CODE_LENGTH or not set(letters) <= set(CODE_LETTERS):
            raise ValidationError(f"“{typed}” is not a code: give eight letters, like BCDF-GHJK.")
        return letters


class DeleteAccountForm(forms.Form):
    """Typing one's username is what no slip of the hand does."""

    username = forms.CharField(
        label="Your username", widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_username(self) -> str:
        typed = self.cleaned_data["username"]
        if typed != self.user.username:
            raise ValidationError(f"This is not your username, which is “{self.user.username}”. Nothing was deleted.")
        return typed
