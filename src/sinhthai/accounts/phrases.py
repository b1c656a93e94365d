"""Sentences of the sign-in library, which has no Vietnamese; translated in this slice's catalogue.

Listed here so that `make messages` finds them. A sentence not listed shows in English.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext

_("Username")
_("Username or email")
_("Password")
_("Email")
_("Email address")
_("Forgot your password?")
_("Sign In")
_("Sign Out")
_("Are you sure you want to sign out?")
_("Sign Up Closed")
_("Sign Up Closed ")
_("We are sorry, but the sign up is currently closed.")
_("Account Inactive")
_("This account is inactive.")
_("This account is currently inactive.")
_("Invalid login.")
_("The email address and/or password you specified are not correct.")
_("The username and/or password you specified are not correct.")
_("Too many failed login attempts. Try again later.")
_("Be patient, you are sending too many requests.")
_("Successfully signed in as %(name)s.")
_("You have signed out.")
_("Note")
_("You are already logged in as %(user_display)s.")
# passwords
_("Change Password")
_("Set Password")
_("Current Password")
_("New Password")
_("New Password (again)")
_("Password (again)")
_("Please type your current password.")
_("You must type the same password each time.")
_("Incorrect password.")
_("Password successfully changed.")
_("Password successfully set.")
_("Password Reset")
_(
    "Forgotten your password? Enter your email address below, and we'll send you an email"
    " allowing you to reset it."
)
_("Reset My Password")
_("Please contact us if you have any trouble resetting your password.")
_(
    "We have sent you an email. If you have not received it please check your spam folder."
    " Otherwise contact us if you do not receive it in a few minutes."
)
_("The email address is not assigned to any user account.")
_("Bad Token")
_("The password reset token was invalid.")
_(
    "The password reset link was invalid, possibly because it has already been used.  Please"
    ' request a <a href="%(passwd_reset_url)s">new password reset</a>.'
)
_("Your password is now changed.")
_("Password Reset Email")
_("Cancel")
_("Confirm Access")
_("Please reauthenticate to safeguard your account.")
_("Enter your password:")
_("Enter an authenticator code:")
_("Confirm")
_("Alternative options")
_("Use your password")
_("Use authenticator app or code")
# second factor
_("Two-Factor Authentication")
_("Authenticator App")
_("Authentication using an authenticator app is active.")
_("An authenticator app is not active.")
_("Activate")
_("Deactivate")
_("View")
_("Download")
_("Generate")
_("Code")
_("Authenticator code")
_("Incorrect code.")
_("Authenticator app activated.")
_("Authenticator app deactivated.")
_("Deactivate Authenticator App")
_("You are about to deactivate authenticator app based authentication. Are you sure?")
_("Your account is protected by two-factor authentication. Please enter an authenticator code:")
_("Recovery Codes")
_("No recovery codes set up.")
_("You are about to generate a new set of recovery codes for your account.")
_("This action will invalidate your existing codes.")
_("Are you sure?")
_("A new set of recovery codes has been generated.")
_("Unused codes")
_("Download codes")
_("Generate new codes")
_("You cannot deactivate two-factor authentication.")
_("You cannot generate recovery codes without having two-factor authentication enabled.")
# e-mail addresses
_("Email Addresses")
_("The following email addresses are associated with your account:")
_("Verified")
_("Unverified")
_("Primary")
_("Make Primary")
_("Re-send Verification")
_("Remove")
_("Add Email Address")
_("Add Email")
_("Do you really want to remove the selected email address?")
_("Warning:")
_(
    "You currently do not have any email address set up. You should really add an email address"
    " so you can receive notifications, reset your password, etc."
)
# sign-in with the office's server
_("Sign In Via %(provider)s")
_("You are about to sign in using a third-party account from %(provider)s.")
_("Continue")
_("Third-Party Login Failure")
_("An error occurred while attempting to login via your third-party account.")
_("Account Connections")


def _plural(count: int) -> str:
    """Stand for the sentence with a plural, so that it is collected too."""
    return ngettext(
        "There is %(unused_count)s out of %(total_count)s recovery codes available.",
        "There are %(unused_count)s out of %(total_count)s recovery codes available.",
        count,
    )
