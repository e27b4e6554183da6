"""Who somebody is: signing in, second factors, the municipality's own sign-in (OIDC), and how long a session lasts."""
