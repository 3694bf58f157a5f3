"""Posts as people write and read them. Texts are plain, never HTML."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from functions.community.domain.emoji import Reaction
from functions.community.schemas.group_posts import Flair
from functions.community.schemas.votes import Poll
from shared.contexts.community.schemas import Author, Entity
from shared.contexts.media.schemas import Image
from shared.web import ChangeModel, Page, RequestModel, ResponseModel, Version

Sentiment = Literal["bullish", "bearish"]
ReplyPolicy = Literal["everybody", "followers", "mentioned", "nobody"]
Visibility = Literal["public", "followers"]
Status = Literal["draft", "scheduled", "published"]

_MAX_PLANNED: Final = timedelta(days=366)


def _in_time(instant: datetime) -> datetime:
    now = datetime.now(UTC)
    if not now < instant <= now + _MAX_PLANNED:
        raise ValueError("in the future, and within a year")
    return instant


Text = Annotated[
    str,
    Field(
        max_length=40_000,
        description="2,000 characters as people count them (grapheme clusters). Empty only beside pictures or a quote",
        examples=["$AAPL looks strong before the event"],
    ),
]
Language = Annotated[str | None, Field(max_length=35, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", examples=["zh"])]
Warned = Annotated[str | None, Field(max_length=1_000, description="200 characters; readers open the text themselves")]
PublishAt = Annotated[AwareDatetime, AfterValidator(_in_time), Field(description="Of a scheduled post: within a year")]


class NewPicture(RequestModel):
    """One's own upload. One somewhere else would be seen by a stranger's server, and could be another tomorrow."""

    media_id: Annotated[UUID, Field(description="Of an upload for a post that is `ready`")]
    alt: Annotated[str, Field(max_length=5_000, description="What is to be seen, in 1,000 characters")] = ""


class NewPoll(RequestModel):
    options: Annotated[list[Annotated[str, Field(max_length=500)]], Field(min_length=2, max_length=4)]
    duration_minutes: Annotated[int, Field(ge=1_440, le=10_080, description="From publication: 1 to 7 days")] = 1_440
    hides_results: Annotated[bool, Field(description="From whoever has not voted, until the end")] = False


Pictures = Annotated[list[NewPicture], Field(max_length=4)]


class NewPost(RequestModel):
    """Plain text; what looks like HTML is shown as it was typed."""

    text: Text = ""
    media: Pictures = Field(default_factory=list)
    poll: NewPoll | None = None
    quoted_post_id: UUID | None = None
    sentiment: Sentiment | None = None
    language: Language = None
    content_warning: Warned = None
    visibility: Annotated[Visibility, Field(description="Of a post in a group: its members'")] = "public"
    reply_policy: ReplyPolicy = "everybody"
    group_id: Annotated[UUID | None, Field(description="A group that the caller is a member of")] = None
    status: Status = "published"
    publish_at: PublishAt | None = None


class PostChange(ChangeModel):
    """Only what is sent changes. Of a published post: its text, content warning, sentiment, language and reply
    policy; of a draft everything, and with `status` it is scheduled or published.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 1, "text": "$AAPL looks strong"}]})

    version: Version
    text: Text = ""
    media: Pictures = Field(default_factory=list)
    poll: NewPoll | None = None
    quoted_post_id: UUID | None = None
    sentiment: Sentiment | None = None
    language: Language = None
    content_warning: Warned = None
    visibility: Visibility = "public"
    reply_policy: ReplyPolicy = "everybody"
    group_id: UUID | None = None
    status: Status = "draft"
    publish_at: PublishAt | None = None


class PostEdit(ResponseModel):
    """What a post said until `replaced_at`."""

    version: int
    text: str
    content_warning: str | None
    sentiment: Sentiment | None
    vote_count: Annotated[int, Field(description="How many had voted in its poll by then")]
    replaced_at: datetime


class PostEditList(Page[PostEdit]):
    pass


class PinnedPost(RequestModel):
    post_id: Annotated[UUID, Field(examples=["0199c0de-0000-7000-8000-0000000000a1"])]


class PostStats(ResponseModel):
    """The same for every viewer."""

    reactions: dict[str, int]
    comments: int
    reposts: int
    quotes: int


class PostViewer(ResponseModel):
    """What the caller has done with the post, and what they may do."""

    reaction: Reaction | None
    is_reposted: bool
    is_bookmarked: bool
    follows_author: bool
    mutes_author: bool
    is_folded: Annotated[bool, Field(description="It has a word that the caller wants folded")]
    is_author: bool
    can_edit: bool
    can_delete: bool
    can_reply: bool
    can_repost: Annotated[bool, Field(description="Pass it on: it is for everybody")]
    can_vote: Annotated[bool, Field(description="In its poll")]
    can_pin: Annotated[bool, Field(description="On the caller's own page")]
    can_set_flair: bool
    can_accept_answer: bool
    can_moderate: Annotated[bool, Field(description="Pin, lock and remove it in its group")]


class QuotedPost(ResponseModel):
    """A post inside of another; `post` is null where the caller may not read it, or it is gone. The post that a quoted
    post quotes is not shown: its `quoted.post` is null, too.
    """

    post: Post | None


class PostGroup(ResponseModel):
    """The group that a post is in, and what became of it there."""

    id: UUID
    slug: str
    name: str
    is_pinned: bool
    is_locked: Annotated[bool, Field(description="Nobody comments any more")]
    is_closed: Annotated[bool, Field(description="Nobody writes in the group any more")]
    accepted_comment_id: Annotated[UUID | None, Field(description="The answer that the post's author took")]


class PostPicture(Image):
    media_id: Annotated[UUID, Field(description="Of the upload, by which its author keeps it in a changed draft")]


class HiddenPost(ResponseModel):
    """When and why moderators hid a post; its author reads that."""

    at: datetime
    reason: str | None


class Post(ResponseModel):
    """A post as the caller sees it."""

    id: UUID
    author: Author
    text: str
    entities: list[Entity]
    language: str | None
    sentiment: Sentiment | None
    content_warning: str | None
    visibility: Literal["public", "followers", "group"]
    reply_policy: ReplyPolicy
    group: PostGroup | None
    flair: Flair | None
    media: list[PostPicture]
    poll: Poll | None
    quoted: QuotedPost | None
    stats: PostStats
    viewer: PostViewer | None
    status: Status
    publish_at: datetime | None
    held_reason: Annotated[
        str | None,
        Field(
            description="Code of the problem for which a scheduled post is a draft again, such as `suspended` or"
            " `new_account_limit`; null once it is changed or published",
            examples=["new_account_limit"],
        ),
    ]
    published_at: datetime | None
    edited_at: datetime | None
    imported_at: Annotated[
        datetime | None, Field(description="When it was brought from elsewhere: its other times are what a file says")
    ]
    hidden: HiddenPost | None
    version: int


class PostList(Page[Post]):
    pass


class FeedPost(Post):
    """A post at its place in a feed or on somebody's page."""

    reposted_by: Annotated[Author | None, Field(description="Who passed it on, where it is there for that")]
    reposted_at: datetime | None
    is_pinned: Annotated[bool, Field(description="First on its author's page")]


class FeedPostList(Page[FeedPost]):
    pass
