"""What PostgreSQL says of roles, owners and rights; things are named as kind and SQL name.

Sequences of columns belong to their tables, and what an extension brought to the extension.
"""

from collections import defaultdict

from django.db import connection

_HERE = """
WITH brought AS (
  SELECT classid AS class, objid AS id FROM pg_depend WHERE deptype = 'e'
), here AS (
  SELECT 'DATABASE' AS kind, quote_ident(datname) AS name, '' AS col, datdba AS owner,
    coalesce(datacl, acldefault('d', datdba)) AS acl, false AS is_columns
  FROM pg_database WHERE datname = current_database()
  UNION ALL
  SELECT 'SCHEMA', nspname, '', nspowner, coalesce(nspacl, acldefault('n', nspowner)), false
  FROM pg_namespace WHERE nspname = 'public'
  UNION ALL
  SELECT
    CASE WHEN relkind = 'S' THEN 'SEQUENCE' WHEN relkind IN ('v', 'm') THEN 'VIEW' ELSE 'TABLE' END,
    c.oid::regclass::text, '', relowner,
    coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)),
    relkind = 'S' AND EXISTS (
      SELECT 1 FROM pg_depend
      WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype IN ('a', 'i'))
  FROM pg_class c
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
    AND NOT EXISTS (SELECT 1 FROM brought WHERE id = c.oid AND class = 'pg_class'::regclass)
  UNION ALL
  SELECT 'TABLE', c.oid::regclass::text, attname::text, relowner, attacl, false
  FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
  WHERE relnamespace = 'public'::regnamespace AND attacl IS NOT NULL AND relkind IN ('r', 'p')
    AND NOT EXISTS (SELECT 1 FROM brought WHERE id = c.oid AND class = 'pg_class'::regclass)
  UNION ALL
  SELECT 'FUNCTION', p.oid::regprocedure::text, '', proowner,
    coalesce(proacl, acldefault('f', proowner)), false
  FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'w')
    AND NOT EXISTS (SELECT 1 FROM brought WHERE id = p.oid AND class = 'pg_proc'::regclass)
)
"""
_RIGHTS = """
SELECT kind, name, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END,
  privilege_type || CASE WHEN is_grantable THEN ' to give on' ELSE '' END, col
FROM here, aclexplode(acl)
"""
_THINGS = "SELECT DISTINCT kind, name FROM here ORDER BY kind, name"
_NOT_OWNED_BY = """
SELECT DISTINCT kind, name FROM here
WHERE NOT is_columns AND pg_get_userbyid(owner) <> %s ORDER BY kind, name
"""
_ROLES = """
SELECT rolname, rolcanlogin AND NOT (
    rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
  AND NOT EXISTS (SELECT 1 FROM pg_auth_members WHERE member = pg_roles.oid)
FROM pg_roles
"""


def roles() -> dict[str, bool]:
    """Every role by name; whether it logs in, has no power of its own and is member of no other."""
    return dict(run(_ROLES))


def who() -> tuple[str, bool]:
    """The role that statements run as, and whether it is a superuser."""
    return run("SELECT rolname, rolsuper FROM pg_roles WHERE rolname = current_user")[0]


def things() -> list[tuple[str, str]]:
    """Kind and name of the database, its schema, and every table, sequence and function in it."""
    return run(_HERE + _THINGS)


def not_owned_by(role: str) -> list[tuple[str, str]]:
    return run(_HERE + _NOT_OWNED_BY, role)


def rights() -> dict[tuple[str, str, str], set[tuple[str, str]]]:
    """Kind, name and role -> pairs of a right and its column, "" for the whole of the thing."""
    found = defaultdict(set)
    for kind, name, role, act, column in run(_HERE + _RIGHTS):
        found[kind, name, role].add((act, column))
    return found


def run(sql: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall() if cursor.description else []
