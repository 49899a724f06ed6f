from django import forms

from lms.accounts.names import validate_display_name
from lms.progress.models import CourseCertificate


class ClaimForm(forms.Form):
    name = forms.CharField(
        label="Name on the certificate",
        max_length=CourseCertificate._meta.get_field("name").max_length,  # noqa: SLF001 -- Django's documented way
        validators=[validate_display_name],
        help_text="As it is to be printed. It cannot be changed afterwards.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())
