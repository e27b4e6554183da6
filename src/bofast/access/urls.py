"""Addresses of the room."""

from django.urls import path

from bofast.access import views
from bofast.access.identity import views as identity
from bofast.access.municipality import views as municipality

app_name = "access"
urlpatterns = [
    path("sign-in/", identity.SignIn.as_view(), name="sign_in"),
    path("sign-out/", identity.SignOut.as_view(), name="sign_out"),
    path("language/", views.language, name="language"),
    path("me/", views.me, name="me"),
    path("me/password/", identity.ChangePassword.as_view(), name="password"),
    path("me/street/", municipality.street, name="street"),
    path("me/role/<int:pk>/", views.act_as, name="act_as"),
    path("users/", views.users, name="users"),
    path("users/new/", views.user_new, name="user_new"),
    path("users/<int:pk>/", views.user_edit, name="user_edit"),
    path("users/<int:pk>/factors/", identity.user_factors, name="user_factors"),
    path("users/<int:pk>/roles/new/", views.role_new, name="role_new"),
    path("users/roles/<int:pk>/end/", views.role_end, name="role_end"),
    path("teams/", views.teams, name="teams"),
    path("teams/new/", views.team_new, name="team_new"),
    path("settings/", municipality.settings, name="settings"),
    path("settings/organisation/", municipality.organisation, name="settings_organisation"),
    path("settings/retention/<slug:kind>/", municipality.retention, name="settings_retention"),
    path("healthz", views.health, name="health"),
]
