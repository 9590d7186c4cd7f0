"""What `make demo` says when it is ready: where the demo is and who can sign in. No Django."""

from deploy.demo.vocabulary.people import SIGN_INS
from deploy.demo.vocabulary.shapes import SignInPlan

PASSWORD = "otop-demo-2569"
ROLES_TH = {
    "shopper": "ผู้ซื้อ",
    "producer": "ผู้ผลิต",
    "curator": "ผู้คัดสรร",
    "reviewer": "ผู้ตรวจทาน",
    "finance": "การเงิน",
    "support": "ดูแลลูกค้า",
    "officer": "เจ้าหน้าที่",
    "administrator": "ผู้ดูแลระบบ",
}


def welcome(site_url: str) -> str:
    lines = [
        "",
        f"ตลาดหมู่บ้าน OTOP / OTOP Villages   {site_url}/   {site_url}/en/",
        "",
        f"เข้าสู่ระบบ / sign in   {site_url}/accounts/login/   รหัสผ่าน / password: {PASSWORD}",
        *map(_line, SIGN_INS),
        "",
        f"รหัส 6 หลัก / six-digit codes   {site_url}/demo/codes/",
        f"หลังบ้าน / staff   {site_url}/cms/",
        "ไม่มีการเคลื่อนไหวของเงินจริง / No money moves.",
    ]
    return "\n".join(lines)


def _line(plan: SignInPlan) -> str:
    scope = f"   {plan.scope}" if plan.scope else ""
    return f"  {plan.email:<24} {plan.role} / {ROLES_TH[plan.role]}{scope}"
