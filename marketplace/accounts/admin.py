"""Oscar's admin classes look users up through this; the Django admin is not mounted."""

from django.contrib import admin

from marketplace.accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    search_fields = ["email"]
