"""Who may come in: the door with its lockout, the second factor, the sessions of the desk.

Design notes
- A session is admitted in steps (gate.py): the password, then the second factor of who has one; who may publish or
  manage accounts must have one, and sees nothing but its enrolment until then. In the demonstration (DEMO=1) its
  own logins, whose password everybody can read, are not asked for one; there is no other exception.
- TOTP is django-otp's: a code works once, also when two requests bring it at the same moment. Passkeys are Yubico's
  fido2, which needs nothing but `cryptography`; the packages that wrap one for Django bring pages of their own, an API
  framework or no Vietnamese. Recovery codes hold 79 random bits, so one round of SHA-256 is enough.
- Failures are counted in the database, by sender, before a password is looked at (lockout.py): a hundred at once are a
  hundred, and whoever fails shuts the door for themselves. A browser that has been in before has a count of its own,
  which no stranger and no colleague behind the same address can fill.
- There is no reset of passwords by mail: an administrator sets another, the shell does (`manage.py changepassword`,
  `manage.py reset_second_factor`), and neither passes by the second factor.
"""
