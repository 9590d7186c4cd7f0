"""One's own account. Signing in, e-mails, passwords and the second factor are allauth's pages."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.generic import RedirectView

from marketplace.accounts import landing, services
from marketplace.accounts.forms import NameForm


@method_decorator(csp_update({"img-src": ["data:"]}), name="dispatch")
class SetUpView(ActivateTOTPView):
    """Setting up an app. The picture to scan is a data: address, the only one on the site."""

    def form_valid(self, form):
        """The set-up ends with a code of the app, so that the session is proved from here on."""
        response = super().form_valid(form)
        record_authentication(
            self.request, self.request.user, method="mfa", type=Authenticator.Type.TOTP
        )
        return response


to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
"""In place of the packages' own sign-in pages, which a password alone would open."""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request):
    user = request.user
    form = NameForm(request.POST or None, initial={"name": user.get_full_name()})
    if request.method == "POST" and form.is_valid():
        services.rename_person(user=user, name=form.cleaned_data["name"])
        messages.success(request, _("Your name is saved."))
        return redirect("account_home")
    context = {"form": form, "beginning": landing.beginning_of(user)}
    return render(request, "account/home.html", context)
