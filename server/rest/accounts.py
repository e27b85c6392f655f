"""``/api/auth`` and ``/api/users/profile``."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException

from protocol.errors import ErrorCode
from protocol.rest import Login, Profile, ProfileChange, Register
from protocol.rest import SignedIn as SignedInBody
from server.desk import Desk
from server.errors import Refused, too_fast
from server.limits import Buckets
from server.rest.common import AtDesk, SignedIn, address_of
from server.rest.problems import PROBLEMS
from server.store.interface import EmailTaken, User, UserFields

router = APIRouter(prefix="/api", tags=["accounts"], responses=PROBLEMS)

_EMAIL_TAKEN = "Somebody has signed up with that e-mail address already."


@router.post("/auth/register", status_code=201)
async def register(body: Register, request: Request, desk: AtDesk) -> SignedInBody:
    _take(desk.throttles.register_by_address, address_of(request))
    if await desk.store.user_by_email(body.email) is not None:
        raise HTTPException(400, _EMAIL_TAKEN)
    now = desk.settings.clock()
    password_hash = await desk.passwords.hash(body.password)
    user = User(desk.ids.next(), body.name, body.email, body.role, password_hash, now, now)
    try:
        await desk.store.add_user(user)
    except EmailTaken as error:  # by somebody else, while the password was hashed
        raise HTTPException(400, _EMAIL_TAKEN) from error
    return _signed_in(desk, user)


@router.post("/auth/login")
async def login(body: Login, request: Request, desk: AtDesk) -> SignedInBody:
    address = address_of(request)
    account = f"{address} {body.email}"
    _take(desk.throttles.login_by_address, address)
    _take(desk.throttles.login_by_account, account)
    user = await desk.store.user_by_email(body.email)
    right = await desk.passwords.matches(user.password_hash if user is not None else None, body.password)
    if user is None or not right:
        raise Refused(ErrorCode.UNAUTHORISED, "The e-mail address or the password is wrong.")
    desk.throttles.login_by_account.forgive(account)
    if desk.passwords.is_outdated(user.password_hash):
        renewed = UserFields(password_hash=await desk.passwords.hash(body.password))
        await desk.store.change_user(user.id, renewed, desk.settings.clock())
    return _signed_in(desk, user)


@router.get("/users/profile")
async def profile(user: SignedIn) -> Profile:
    return _profile(user)


@router.put("/users/profile")
async def change_profile(body: ProfileChange, user: SignedIn, desk: AtDesk) -> Profile:
    fields = UserFields()
    if body.name is not None:
        fields["name"] = body.name
    if body.email is not None:
        fields["email"] = body.email
    try:
        changed = await desk.store.change_user(user.id, fields, desk.settings.clock())
    except EmailTaken as error:
        raise HTTPException(400, _EMAIL_TAKEN) from error
    return _profile(changed or user)


def _take(buckets: Buckets, source: str) -> None:
    wait = buckets.take(source)
    if wait:
        raise too_fast(wait)


def _profile(user: User) -> Profile:
    return Profile(id=user.id, name=user.name, email=user.email, role=user.role)


def _signed_in(desk: Desk, user: User) -> SignedInBody:
    token = desk.tokens.issue(user.id)
    return SignedInBody(id=user.id, name=user.name, email=user.email, role=user.role, token=token)
