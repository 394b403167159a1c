### Texts of Gantry in English. English determines which texts exist.
###
### `## area: description` begins an area, and `area-name` is the text `AreaTexts(locale).name()`. Each text is a whole
### sentence or a whole label, on one line. `{ $value }` is a value; if a text has several, `# $a, $b` before it lists
### them in the order of the Rust parameters. `{ $count -> [one] … *[other] … }` chooses among the plural forms of the
### language. In texts that support it, names in backquotes are set in monospace. CONTRIBUTING.md has the details.

## access: Texts of "My access".

access-title = My access
access-about = What each of your principals may do where.
access-principals = Your principals
access-search = Search my access
access-search-hint = Search by repository
access-apply = Search
access-clear = Clear
access-all =
    { $total ->
        [one] 1 repository
       *[other] { $total } repositories
    }
# $matching, $total
access-some = { $matching } of { $total } repositories
access-incomplete = still reading from Amazon ECR
access-no-match = No repository matches
access-no-match-next = Only repositories of which something is granted to you are searched. Use fewer or other words.
access-caption = What your principals are granted, by repository
access-repository = Repository
access-not-shown = Gantry shows nothing of this repository: that takes ecr:DescribeImages or ecr:ListImages.
access-principal = As

## answers: Short answers in plain text, where there is no page.

answers-store = Gantry's store does not answer. Nothing was changed. Try again in a minute.
answers-store-sessions = Gantry's store does not answer. No session was ended. Try again in a minute.
answers-store-links = Gantry's store did not answer. Some or all of these links may still be live. Check the list of links, and try again in a minute.
answers-names-no-session = This form does not name a session. No session was ended. Go back, reload the page and try again.
answers-names-nothing-to-share = This form does not say what to share. No link was created. Go back, reload the page and try again.
answers-names-no-links = This form does not name links. No link was revoked. Go back, reload the page and try again.
answers-names-no-repository = This form does not name a repository. Nothing was changed. Go back, reload the page and try again.
# Only in the demo, where people choose a persona.
answers-no-such-person = Nobody in this demo has that name. You are not signed in. Go back and choose again.
# A browser sends the site that a request comes from.
answers-unknown-site = This request does not say which site it comes from. Nothing was changed. Open the page in Gantry and try again.
answers-other-site = This request does not come from a page of Gantry. Nothing was read or changed. Open the page in Gantry and try again.
# Only in the demo.
answers-other-host = The demo answers only to localhost and to the address that it listens on. Nothing was changed. Open { $url } instead.
answers-failed = Something went wrong in Gantry. Your Gantry administrator can find in the log whether anything was changed: quote the request ID in this answer's x-request-id header.

## artifact: Names of artifacts.

artifact-helm-chart = Helm chart
artifact-cosign-signature = cosign signature
artifact-sigstore-bundle = Sigstore bundle
artifact-notation-signature = Notation signature
artifact-signature = signature
artifact-spdx-sbom = SPDX SBOM
artifact-cyclonedx-sbom = CycloneDX SBOM
artifact-sbom = SBOM
artifact-in-toto-attestation = in-toto attestation
artifact-attestation = attestation
artifact-wasm = WebAssembly module
artifact-opa-policy = OPA policy
artifact-singularity = Singularity image
artifact-artifact = artifact
artifact-referrers = list of referrers
artifact-by-tag = { $what }, by its tag

## audit: Texts of the audit log.

audit-title = Audit log
audit-about = Who did what, when, and by which statement. Each row’s hash covers the row before it: “gantry audit verify” finds what was changed afterwards.
audit-filter = Search the audit log
audit-filter-hint = Person, team, repository, tag or request ID
audit-event = Event
audit-any-event = Any event
audit-outcome = Outcome
audit-any-outcome = Any outcome
audit-since = From
audit-until = To
audit-apply = Search
audit-clear = Clear
audit-caption = The audit log, newest first
audit-shown =
    { $count ->
        [one] 1 row
       *[other] { $count } rows
    }
audit-shown-of-more =
    { $count ->
        [one] 1 row on this page, older ones follow
       *[other] { $count } rows on this page, older ones follow
    }
audit-shown-of-newer =
    { $count ->
        [one] 1 row on this page
       *[other] { $count } rows on this page
    }
audit-newest-first = newest first, days in UTC
audit-number = Row
audit-when = When
audit-what = What
audit-who = Who
audit-on = On
audit-more = Details
audit-nobody = nobody signed in
audit-by-itself = seen by Gantry
audit-statement = statement
audit-trace = Request and hash
audit-request = request
audit-hash = hash
audit-policy-change = Gantry read another policy than before. The log keeps the SHA-256 of both texts, not the policies.
audit-link = link
audit-maker = created by
audit-tag = tag
audit-digest = digest
audit-moment = shows
audit-shows = also shows
audit-expires = expires
audit-note = note
audit-whose-sessions = whose sessions
audit-sessions = number of sessions
audit-command = command
audit-policy-before = before
audit-policy-after = after
audit-image-before = image before
audit-image-after = image after
audit-more-tags = more tags moved
audit-last-read = last read
audit-problem = problem
audit-cut-through = last row cut off
audit-cut-hash = its hash
audit-environment = environment variables
audit-accounts = account IDs
audit-no-policy = no policy
audit-unreadable = unreadable
audit-unreadable-next = These columns hold values that Gantry did not write: { $columns }. The rest of the row is shown. Run “gantry audit verify”.
audit-newest = Newest rows
audit-older = Older rows
audit-pages = Pages of the audit log
audit-export = Export what is filtered:
audit-csv = CSV
audit-json-lines = JSON Lines
audit-nothing = Nothing is recorded yet
audit-nothing-next = Sign-ins, writes and links are recorded from now on, and changes of policies and tags that Gantry sees.
audit-no-match = No row matches
audit-no-match-next = Use fewer or other words, or other days.
audit-cut = The log begins after row { NUMBER($number, useGrouping: 0) }: rows up to there were older than [audit] keep and were cut off. An audit-cut row holds the hash of the last one, so the rest still verifies.
audit-sign-in = signed in
audit-sign-out = signed out
audit-sessions-ended = sessions ended
audit-link-made = link created
audit-link-viewed = link viewed
audit-link-revoked = links revoked
audit-write = write
audit-policy-changed = policy changed
audit-tag-moved = tag moved
audit-tags-unwatched = tags not watched
audit-audit-cut = old rows cut off
audit-begun = begun
audit-done = done
audit-refused = refused
audit-failed = failed

## common: Texts that many pages share.

common-copy = Copy
common-copied = Copied
common-copy-failed = Copying failed: select the text and copy it by hand
common-unknown = unknown
common-just-now = just now
common-minutes-ago =
    { $count ->
        [one] 1 minute ago
       *[other] { $count } minutes ago
    }
common-hours-ago =
    { $count ->
        [one] 1 hour ago
       *[other] { $count } hours ago
    }
common-days-ago =
    { $count ->
        [one] 1 day ago
       *[other] { $count } days ago
    }
common-months-ago = { NUMBER($count) } months ago
common-years-ago = { NUMBER($count) } years ago
common-in-minutes =
    { $count ->
        [one] in a minute
       *[other] in { $count } minutes
    }
common-in-hours =
    { $count ->
        [one] in an hour
       *[other] in { $count } hours
    }
common-in-days = in { NUMBER($count) } days
common-in-the-future = in the future
common-bytes =
    { $count ->
        [one] 1 byte
       *[other] { $count } bytes
    }
common-waiting-for-ecr = Reading from Amazon ECR for the first time…
common-stop = {"."}{" "}
common-colon = :{" "}
common-list-comma = ,{" "}
# Of the filters in the address of a list.
common-ignored-filters = Gantry does not understand these filters in the address and ignores them: { $filters }
common-in-brackets = {" "}({ $words })
common-as-of = as of{" "}
common-sorted-ascending = sorted, smallest first
common-sorted-descending = sorted, greatest first
common-previous-page = Previous page
common-next-page = Next page
# $number, $pages
common-page-of = Page { NUMBER($number) } of { NUMBER($pages) }
common-pages = Pages
common-withheld = { $action } is not granted
# $action, $repository
common-withheld-on = { $action } on { $repository } is not granted to any role of your teams.
common-withheld-by = Decided by statement { $statement } of the repository policy.
common-withheld-from-link = Withheld: the repository policy does not grant it to the team that this link was made for.
common-withheld-hint = The repository policy does not grant it to any role of your teams.
# $team, $principal
common-granted-through = through { $team } as { $principal }
common-granted-by-review = as an administrator's review

## errors: Texts of error pages and alerts.

errors-not-found-title = Not found
errors-not-found = There is nothing here that you may see.
errors-not-found-why = Either it does not exist, or its repository policy, as Gantry last read it, grants none of your teams a look at it. Gantry does not tell the two apart, so that names stay private.
errors-not-found-next = Check the spelling, or ask the owners of the repository to grant ecr:DescribeImages to your team's role. A new repository or a new grant appears within a minute, or later while Amazon ECR is slow or failing.
errors-not-found-why-page = Either there is no such page, or it is not for you.
errors-not-found-next-page = Check the address.
errors-not-found-next-review = Check the spelling. A new repository appears within a minute.
errors-not-found-why-no-team = Either it does not exist, or you may not see it. Gantry does not tell the two apart, so that names stay private.
errors-not-found-next-no-team = Check the spelling. You are in no team: if you need to see more, ask your Gantry administrator which group to join. A new repository appears within a minute.
errors-no-such-tag-title = No such tag
errors-not-a-tag = “{ $text }” is not a tag.
errors-not-a-tag-why = A tag has at most 128 letters, digits, “_”, “.” and “-”, and begins with a letter, a digit or “_”.
errors-not-a-digest = “{ $text }” is not a digest.
errors-not-a-digest-why = A digest has “sha256:” and 64 hexadecimal digits. Its first 4 digits or more are enough.
# $name, $tag, $when
errors-no-such-tag = { $name } had no tag { $tag } when Gantry read it at { $when }.
errors-no-such-image-title = No such image
# $name, $digest, $when
errors-no-such-image = { $name } had no image { $digest } when Gantry read it at { $when }.
errors-several-images-title = More than one image
# $name, $digest, $when
errors-several-images = { $name } had more than one image whose digest begins with { $digest } when Gantry read it at { $when }.
errors-no-such-next = Check the spelling. It may have been deleted. If it was pushed a moment ago, reload this page in a few seconds.
# $seen, $digest, $since
errors-gone-tag = Gantry saw it last at { $seen }, at image { $digest }. It was gone when Gantry looked at { $since }.
errors-gone-tag-next = Open the image that it pointed at, if that is still there, or ask the owners of the repository.
errors-open-gone-image = Image that it pointed at
errors-nearest-tags = Did you mean:
errors-nearest-images = Images whose digests begin alike:
errors-back-to-repository = All tags of this repository
errors-still-reading-title = Gantry is still reading the registry
errors-still-reading = Gantry has just started and does not know yet what you may see.
errors-still-reading-next = Try again in a few seconds.
errors-undecided-title = Access cannot be checked now
errors-undecided = Gantry could not read the policy of this repository again, so it shows nothing of it.
errors-undecided-next = Try again in a minute. If it continues, give the request ID below to your Gantry administrator.
errors-withheld-title = Not granted
errors-withheld-review = You are in no team. As an administrator you see the names and the policies of repositories, and nothing else of them.
errors-withheld-review-next = The policy says who may see the rest.
errors-open-policy = Repository policy
errors-withheld = No role of your teams is granted { $action } on this repository.
errors-withheld-next = Ask the owners of the repository to grant it in the repository policy. “My access” shows what you are granted.
errors-nothing-changed = Nothing was changed.
errors-signed-out-title = Signed out
errors-signed-out = Your session has ended.
errors-signed-out-next = Sign in again; you will come back to this page.
errors-bad-request-title = Invalid request
errors-bad-request = This request is invalid or out of date.
errors-bad-request-next = Go back, reload the page and try again.
errors-too-many-title = Too many requests
errors-too-many = You sent more requests in a minute than Gantry accepts from one person.
errors-too-many-writes = You sent more changes in a minute than Gantry accepts from one person. It did not make this one.
errors-too-many-anonymous = Your network address sent more requests in a minute than Gantry accepts without a sign-in.
errors-too-many-sign-ins = There were too many sign-ins from your network address. You are not signed in.
errors-too-many-person-sign-ins = You signed in more often in a minute than Gantry accepts from one person. You are not signed in.
errors-too-many-link-misses = Your network address opened too many share links that do not exist. A link that exists still opens.
errors-too-many-link-requests = Your network address opened more share links in a minute than Gantry accepts.
errors-too-many-link-views = Your network address opened this share link more often in a minute than Gantry accepts. Other share links still open.
errors-too-many-at-once = You have too many requests open at the same time. Gantry is still sending answers to your other requests.
errors-too-many-anonymous-at-once = Your network address has too many requests open at the same time. Gantry is still sending answers to other requests from your network address.
errors-too-many-next =
    { $seconds ->
        [one] Wait 1 second, then try again.
       *[other] Wait { $seconds } seconds, then try again.
    }
errors-store-title = Gantry's store does not answer
errors-store = Gantry could not read what it keeps: sessions, links and the audit log.
errors-store-next = Try again in a minute. If it goes on, contact your Gantry administrator and include the request ID below.
errors-internal-title = Something went wrong
errors-internal = Gantry could not build this page.
errors-internal-next = Try again. If it happens again, contact your Gantry administrator and include the request ID below.
errors-unreachable-title = No connection to Gantry
errors-unreachable = The browser could not reach Gantry.
errors-unreachable-next = Check your connection and try again.
errors-problem-title = Amazon ECR did not answer as it should
errors-throttled = Amazon ECR asked to slow down, and went on doing so through every retry.
errors-throttled-next = Wait a minute, then load the page again.
errors-host-denied = The role that Gantry runs as may not make this call.
errors-host-denied-next = Your Gantry administrator must add the missing action to its role. The log names it.
errors-credentials = Gantry's own AWS credentials are missing, expired or refused.
errors-credentials-next = Your Gantry administrator must renew them. Your own sign-in is fine.
errors-ecr-unreachable = Amazon ECR did not answer in time.
errors-ecr-unreachable-next = Load the page again in a moment. If it goes on, check the health of AWS and the network of Gantry's host.
errors-failing = Amazon ECR answered with an error of its own.
errors-failing-next = Load the page again in a moment. If it goes on, check the health of AWS.
errors-gone = This item no longer exists.
errors-gone-next = Go back to the repository and reload it.
errors-malformed = What was pushed cannot be shown: it is not valid, too large, nested too deeply, or not what its digest promises.
errors-malformed-next = Ask the person who pushed it to build and push it again.
errors-unexpected = Amazon ECR answered in a way that Gantry does not know.
errors-unexpected-next = Contact your Gantry administrator and include the request ID below.
errors-request-id = Request ID
errors-back-to-repositories = All repositories
errors-try-again = Try again
errors-my-access = My access
errors-sign-in = Sign in

## explain: Texts of an explanation.

explain-title = Why?
explain-lead = Ask about one principal and one action: each statement says what it has to do with the answer.
explain-principal = Principal
explain-action = Action
explain-ask = Explain
explain-statements = What each statement says to it
explain-no-policy = The policies are too old or cannot be understood, so nothing is granted.
explain-unknown = There is no such principal or action to ask about.
explain-elsewhere-unsure = Not granted: whether it is allowed depends on something that Gantry does not know.
explain-elsewhere-not-allowed = Not allowed.
explain-elsewhere-allowed = Allowed.
explain-elsewhere-denied = Denied.
explain-elsewhere-registry = A statement of the registry policy decides. Gantry does not show that policy here. Roles with ecr:GetRegistryPolicy can read it in AWS.
explain-repository-alone = This is the answer of the repository policy alone. The registry policy can deny more. You may not see what it says about the principals of other teams.
explain-elsewhere-identity = A statement of the principal’s identity policies decides. Gantry does not show these policies here. Your Gantry administrator can read them.

explain-allowed-by = Allowed by { $statement }.
explain-allowed-by-account = Allowed: { $statement } opens it to the account as a whole, and Gantry's configuration says that the account lets this principal. Gantry does not check that in AWS.
explain-allowed-by-nature = Allowed: an account's root user may do everything there that nothing denies.
explain-denied-by = Denied by { $statement }.
# $statement, $depends
explain-maybe-denied-by = Perhaps denied by { $statement }. { $depends } So it counts as not granted.
# $statement, $depends
explain-maybe-allowed-by = Perhaps allowed by { $statement }. { $depends } So it counts as not granted.
explain-depends-on = It depends on { $what }, which Gantry's configuration does not state.
# $count, $what
explain-depends-on-more =
    { $count ->
        [one] It depends on { $what } and 1 more condition that Gantry's configuration does not state.
       *[other] It depends on { $what } and { $count } more conditions that Gantry's configuration does not state.
    }
explain-depends = It depends on something that Gantry does not know.
explain-delegated-by = Not allowed: { $statement } leaves it to the principal's own account, whose identity policies are not known to allow it.
explain-not-allowed = Not allowed: no statement allows it.

# $label, $line, $policy
explain-statement = statement { $label }, line { NUMBER($line, useGrouping: 0) } of { $policy }
explain-of-repository = the repository policy
explain-of-registry = the registry policy
explain-of-identity = identity policy { NUMBER($number, useGrouping: 0) }

explain-applies-allow = It allows this.
explain-applies-deny = It denies this.
explain-applies-account = It opens this to the principal's account as a whole.
explain-other-principal = It is not about this principal.
explain-maybe-principal = It may or may not be about this principal: that depends on the session, or on the path of the role or user, which is not known.
explain-other-action = It is not about this action.
explain-other-resource = It is not about this repository.
explain-maybe-resource = Whether it is about this repository depends on something that Gantry does not know.
# $condition, $seen
explain-fails = Its condition { $condition } does not hold: { $seen }.
explain-fails-hidden = Its condition { $condition } does not hold. The repository's tag is not shown to you.
explain-spares = It makes an exception for { $values }: this principal is one of them.
# $condition, $seen
explain-holds = Its condition { $condition } holds: { $seen }.
explain-holds-hidden = Its condition { $condition } holds. The repository's tag is not shown to you.
# $condition, $seen
explain-open = Whether its condition { $condition } holds is not known: { $seen }.
explain-open-hidden = Whether its condition { $condition } holds is not known. The repository's tag is not shown to you.
explain-seen = the request has { $values }
explain-seen-nothing = the request has no such key
explain-seen-unknown = the value in the request is not known

## grants: Texts for what policies grant.

grants-see = See
grants-pull = Pull
grants-push = Push
grants-findings = Findings
grants-policy = Policy
grants-lifecycle = Lifecycle
grants-delete = Delete
grants-administer = Administer

grants-may-see = see the repository and its images
grants-may-pull = pull images
grants-may-push = push images
grants-may-move-tags = move tags
grants-may-administer = administer the repository
grants-describe-repositories = see the repository
grants-describe-images = see images
grants-list-images = list tags and digests
grants-batch-get-image = read manifests
grants-get-download-url-for-layer = download layers
grants-batch-check-layer-availability = check which layers are there
grants-describe-image-scan-findings = see findings
grants-get-repository-policy = read this policy
grants-get-lifecycle-policy = read the lifecycle policy
grants-get-lifecycle-policy-preview = see a lifecycle preview
grants-list-tags-for-resource = see the repository's own tags
grants-start-lifecycle-policy-preview = start a lifecycle preview
grants-start-image-scan = start scans
grants-put-image = push manifests
grants-initiate-layer-upload = begin to upload layers
grants-upload-layer-part = upload parts of layers
grants-complete-layer-upload = finish uploading layers
grants-batch-delete-image = delete images
grants-put-image-tag-mutability = change the tag mutability
grants-put-lifecycle-policy = set the lifecycle policy
grants-set-repository-policy = set this policy
grants-delete-repository-policy = delete this policy
grants-delete-repository = delete the repository

grants-granted = granted
grants-conditional = conditional
grants-delegated = delegated
grants-not-granted = not granted
grants-denied = denied
grants-may-be-denied = may be denied
# $granted, $of
grants-partly = { NUMBER($granted) } of { NUMBER($of) }
grants-granted-means = A statement allows it, and none denies it. Where the statement opens it to the account as a whole, Gantry's configuration says that the account lets the role.
grants-conditional-means = Allowed only under a condition that Gantry cannot check: counted as not granted.
grants-delegated-means = Only the account as a whole is named: its IAM decides, and Gantry cannot see that. Counted as not granted.
grants-not-granted-means = No statement allows it.
grants-denied-means = A statement denies it: a deny always wins.
grants-may-be-denied-means = A statement denies it under a condition that Gantry cannot check: counted as denied.
grants-partly-means = Only some of the actions of this column are granted: “1 of 2” means one of two.
grants-legend = What the columns and signs stand for
grants-every-action = All actions
grants-by-statement = by { $statement }
grants-wording = Decided by the repository policy, by what the registry policy denies, and by what Gantry's configuration says of each team's IAM roles. Other policies of a role are not visible here.
grants-team = Team and principal

## history: Texts of a tag's history page.

history-title = History of the tag
history-deleted = The tag does not exist now.
history-tag-page = Tag page
history-lane = Where it pointed
history-span = Time shown
history-day = 24 hours
history-week = 7 days
history-month = 30 days
history-all = All
# $image, $from, $until
history-lane-part = { $image }: seen from { $from } to { $until }
# $from, $until
history-lane-gap = Gantry did not look from { $from } to { $until }
history-at = At a time
history-at-label = Date and time, in UTC
history-at-show = Show
history-at-clear = Clear
# $example
history-at-invalid = This is not a date with a time. Write it like { $example }, in UTC.
history-at-future = { $at } is in the future.
history-at-not-stored = Gantry has not stored a reading of this repository yet. Try again in a few minutes.
# $at, $since
history-at-too-early = Where the tag pointed at { $at } is not known: the history begins at { $since }.
# $image, $at
history-at-pointed = The tag pointed at { $image } at { $at }.
history-at-absent = The tag did not exist at { $at }.
# $at, $old, $new, $after, $before
history-at-changing = At { $at }, the tag pointed at { $old } or at { $new } (it moved between { $after } and { $before }).
# $at, $count, $after, $before
history-at-several = At { $at }, the tag was moving: it changed { NUMBER($count) } times between { $after } and { $before }. The table below lists the images.
# $at, $new, $after, $before
history-at-creating = At { $at }, the tag pointed at { $new } or did not exist yet (it was created between { $after } and { $before }).
# $at, $old, $after, $before
history-at-deleting = At { $at }, the tag pointed at { $old } or did not exist any more (it was deleted between { $after } and { $before }).
history-certainty = How sure
history-certain = Gantry saw this before and after that time. A move away and back between two readings, minutes apart, is not known.
# $from, $until
history-doubt-gap = Not certain: Gantry did not look from { $from } to { $until }. A move away and back in this time is not known.
history-doubt-unread = Not certain: Gantry last looked at { $read }.
history-doubt-changing = Not certain: it changed between two readings, and Gantry did not see when.
history-since = Since
history-until = Until
# $after, $before
history-between = between { $after } and { $before }
history-since-first = { $since } or earlier: the history begins then
history-until-now = now, as far as Gantry knows
history-image = Image
history-image-gone = no longer in the repository
history-reference = Reference
history-changes = Changes
history-between-head = Between
history-before-head = Before
history-after-head = After
history-known-head = How Gantry knows
history-absent = did not exist
history-two-readings = from two readings
history-no-changes = Gantry saw no change.
history-older = Older changes
history-newest = Newest changes
history-note = Amazon ECR keeps no history. Gantry reads each repository every few minutes and notes what changed. It does not see a move away and back between two readings.

## image: Texts of an image's page.

image-title = Image
image-title-of-artifact = Artifact
image-on-this-page = On this page
image-overview = Overview
image-digest = digest
image-kind = Kind
image-single-image = image for one platform
image-index-of =
    { $count ->
        [one] index of 1 platform
       *[other] index of { $count } platforms
    }
image-index = index
image-platforms-fact = Platforms
image-platform = Platform
image-size = Compressed size
image-size-of-platforms = Compressed size, all platforms together
image-pushed = Pushed
image-pulled = Last pulled
image-pulled-hint = To about a day; pulls by some roles may not be recorded
image-never-pulled = not recorded
image-found = Findings
image-found-worst = Findings, worst platform
image-tags = Tags
image-untagged = No tag points at this image.
image-more-tags =
    { $count ->
        [one] 1 more tag
       *[other] { $count } more tags
    }
image-archived-title = Archived
image-archived = Pulls answer “not found” until the image is restored.
image-part-of = Part of
image-about = Refers to
image-more-part-of =
    { $count ->
        [one] 1 more index contains this image and is not listed.
       *[other] { $count } more indexes contain this image and are not listed.
    }
image-use-it = Pull and deploy
image-pull = Pull
image-deploy = Deploy, pinned by digest
image-facts-withheld = Sizes, dates and findings

image-platforms = Platforms
image-platforms-caption = The images of this index, by platform
image-image = Image
image-role = What it is
image-all-platforms = All platforms
image-all-platforms-hint = A finding counts once for each platform that has it.
image-no-platform = none
image-image-role = image
image-unknown-role = unknown: no platform
image-bytes = Size

image-findings = Findings
image-findings-absent = Amazon ECR has no scan of this image. It scans an image when it is pushed, where that is switched on, or when a scan is started.
image-findings-of-artifact = Amazon ECR does not scan this kind of artifact. It scans container images.
image-findings-of-platforms = Amazon ECR scans the images of an index, not the index: open a platform for its findings.
image-findings-of-empty-index = Amazon ECR scans the images of an index. This index has no image.
image-no-findings-title = Nothing found
image-no-findings = The scan found no known vulnerability.
image-scan-pending = The scan is under way; reload in a minute.
image-scan-failed = Amazon ECR could not scan this image.
image-not-scanned = This image was not scanned.
image-scanned = Scanned{" "}
image-findings-bar = Findings by severity: { $counts }
image-findings-caption = Findings, worst first
image-finding = Finding
image-severity = Severity
image-package = Package
image-version = Version
image-fixed-in = Fixed in
image-fix-unknown = not stated by Amazon ECR
image-about-it = What it is
image-each-finding = Each finding
image-more-findings =
    { $count ->
        [one] 1 more finding is not listed.
       *[other] { $count } more findings are not listed.
    }

image-layers = Layers
# $count, $layers, $config, $size
image-layers-summary =
    { $count ->
        [one] 1 layer ({ $layers }) and the config ({ $config }): { $size } compressed.
       *[other] { $count } layers ({ $layers }) and the config ({ $config }): { $size } compressed.
    }
image-layers-claimed = These sizes are what the manifest claims. Amazon ECR reports { $size } for the image.
image-layers-again =
    { $count ->
        [one] 1 layer is listed again. It is stored once and counted once.
       *[other] { $count } layers are listed again. Each is stored once and counted once.
    }
# $count, $size
image-layers-elsewhere =
    { $count ->
        [one] 1 layer ({ $size }) is not stored in this registry and is not counted.
       *[other] { $count } layers ({ $size }) are not stored in this registry and are not counted.
    }
image-layer-again = stored once, with layer { NUMBER($number, useGrouping: 0) }
image-layer-elsewhere = not stored in this registry
image-layers-bar = Sizes of the layers, lowest first
image-layers-caption = Layers, lowest first
# $number, $size
image-layer-title = layer { NUMBER($number, useGrouping: 0) }: { $size }
image-number = No.
image-share = Of all layers
image-made-by = Made by
image-layer-digest = Digest
image-digest-of-layer = digest of layer { NUMBER($number, useGrouping: 0) }
image-unknown-step = not in the config
image-foreign = Stored outside Amazon ECR, according to the manifest:

image-config = Configuration
image-built = Built (self-reported)
image-author = Author
image-entrypoint = Entrypoint
image-command = Command
image-user = User
image-user-not-set = not set: root
image-built-not-set = not set by the build
image-working-directory = Working directory
image-stop-signal = Stop signal
image-ports = Ports
image-volumes = Volumes
# Docker alone uses it.
image-health-check = Health check (Docker)
image-not-set = not set
image-environment = Environment
image-secret-title = Looks like a secret
image-secret-shown = Show the value
image-secret-remark = Names of variables here look like secrets. Anyone who can pull the image can read them: rotate what is real, and pass secrets in at run time.
image-labels = Labels
image-history = History
image-steps =
    { $count ->
        [one] 1 step
       *[other] { $count } steps
    }
image-empty-layer = no layer
image-cut =
    { $count ->
        [one] 1 value was too long, nested too deeply or one of too many. It is cut or left out.
       *[other] { $count } values were too long, nested too deeply or too many. They are cut or left out.
    }
image-cut-annotations =
    { $count ->
        [one] 1 annotation is cut or not shown.
       *[other] { $count } annotations are cut or not shown.
    }
image-more-entries = { NUMBER($count) } more
image-empty-value = empty
image-no-value = no value: the entry has no “=”
image-value-hidden = hidden
image-long-value = { NUMBER($count) } characters
image-long-value-shown = { NUMBER($count) } characters shown

image-referrers = Signatures, SBOMs and attestations
# $index, $what
image-index-has = Its index { $index } has: { $what }.
image-index-has-none = Nothing refers to its index { $index }.
image-index-has-none-either = Nothing refers to its index { $index } either.
image-index-unknown = What refers to its index { $index } could not be read. Reload in a moment.
image-not-verified = Gantry lists these and does not verify them.
image-by-tag = by the tag
image-referrers-absent-of-platform = Nothing refers to this platform’s image itself.
image-referrers-absent-of-index = Nothing refers to this index itself.
image-referrers-absent = Nothing refers to this image: no signature, no SBOM, no attestation.
image-referrers-absent-of-artifact = Nothing refers to this artifact: no signature, no SBOM, no attestation.
image-referrers-absent-beside = Nothing else refers to it: attestations within this index are listed above.
image-more-referrers = This image has more referrers than Gantry reads: they are too many or too large. “aws ecr list-image-referrers” lists all of them.
image-referrers-caption = What refers to this image
image-artifact-type = Type
image-annotations = Annotations

image-manifest = Manifest
image-manifest-as-sent = As it was pushed, byte for byte
image-manifest-text = Text
image-manifest-indented = Line breaks and spaces are added here.
image-manifest-copied = “Copy” gives the text byte for byte as it was pushed.
image-unread = These members do not follow the specification. Gantry could not read them:
image-manifest-escaped =
    { $count ->
        [one] 1 hiding character is shown as a JSON escape, such as \u202e, so this is not byte for byte what was pushed.
       *[other] { $count } hiding characters are shown as JSON escapes, such as \u202e, so this is not byte for byte what was pushed.
    }
image-manifest-absent = The image is archived. Amazon ECR returns its manifest and configuration after it is restored.
image-media-type = Media type
image-refers-to = Refers to
# $shown, $whole
image-manifest-cut = The first { $shown } of { $whole } are shown. The whole is what “aws ecr batch-get-image” gives.

## images: Texts about images and tags.

images-digest = digest
images-digest-of = digest { $short }
images-floating = floating
images-unique = unique
images-immutable = immutable
images-locked = Immutable: a push cannot move this tag. A person who may delete images can delete it and push it again. The digest never changes.
images-moved = Floating: Gantry has seen this tag move. Use the digest to deploy.
images-looks-floating = Floating, guessed from the name: this tag can move at any time. Use the digest to deploy.
images-looks-unique = Unique, guessed from the name: this tag can still move.
images-unknown-kind = The name does not say whether this tag moves. Use the digest to deploy.
images-untagged = untagged
images-critical = critical
images-high = high
images-medium = medium
images-low = low
images-informational = informational
images-undefined = undefined
images-critical-letter = C
images-high-letter = H
images-medium-letter = M
images-low-letter = L
images-informational-letter = I
images-undefined-letter = U
images-or-worse = { $severity } or worse
images-any-finding = with findings
# $count, $severity
images-findings-of = { NUMBER($count) } { $severity }
images-no-findings = no findings
images-not-scanned = not scanned
images-never-scanned = not scanned by ECR
images-not-an-image = not scanned by ECR: not an image
images-never-scanned-why = Amazon ECR scans container images. It does not scan charts, signatures and other artifacts.
images-scan-not-known = scan not known
images-unreadable-short = not readable by you
images-unread-short = not read by Gantry
images-scan-pending = scanning
images-scan-failed = scan failed
images-not-scanned-why = Amazon ECR lists no scan of this image. With AWS native basic scanning its list never does: the image’s page shows the scan.
images-several-not-scanned-why =
    { $count ->
        [one] Amazon ECR lists no scan of 1 image. With AWS native basic scanning its list never does: the image’s page shows the scan.
       *[other] Amazon ECR lists no scan of { $count } images. With AWS native basic scanning its list never does: the page of an image shows its scan.
    }
images-scans-failed =
    { $count ->
        [one] 1 scan failed
       *[other] { $count } scans failed
    }
images-scans-pending = { $count } being scanned
# $count, $total
images-scanned-of = { $count } of { $total } scanned
# $count, $total
images-platforms-scanned-of = { $count } of { $total } platforms scanned
images-comma = ,{" "}
images-no-tagged-images = no tagged images
images-no-images = no images
images-unreadable = on platforms that you may not read
images-unreadable-from-link = not shown: Gantry may not read which images belong to the index
# $count, $what
images-number-of = { $count } { $what }
images-unreadable-why = Amazon ECR scans the platforms of an index, not the index. Which images these are takes ecr:BatchGetImage, which is not granted.
images-unread = on platforms that Gantry has not read
images-unread-why = Amazon ECR scans the platforms of an index, not the index. Gantry has not read the manifest that lists them.
images-index = index
images-image = image
images-artifact = artifact
images-archived = archived
images-archived-why = Archived: pulls answer “not found” until it is restored.
images-more-tags = +{ NUMBER($count) } more

## keyboard: What each key does.

keyboard-title = Keyboard
keyboard-palette = Go anywhere: repositories, tags, digests, pages (⌘ K on a Mac)
keyboard-filter = Filter the list
keyboard-next-row = Next row
keyboard-previous-row = Previous row
keyboard-open = Open the row
keyboard-copy = Copy the image reference of the row or the page
keyboard-range = Hold and click to select a range of rows
keyboard-help = This help
keyboard-close = Close
keyboard-tags-title = Tags
keyboard-tags = A floating tag moves from image to image. A unique tag is meant to stay at one image. An immutable tag cannot be moved by a push: the repository enforces it. AWS and Azure also call floating tags “stable”.
keyboard-close-button = Close

## lifecycle: Texts of a lifecycle policy's page.

lifecycle-title = Lifecycle policy
lifecycle-repository-policy = Repository policy
lifecycle-rules = Rules in plain words
lifecycle-rules-note = The lowest priority number comes first; an image falls under one rule at most. Rules look at archived images only where they say so. An image that was restored from the archive counts from its restore.
lifecycle-priority = Priority { NUMBER($priority, useGrouping: 0) }
lifecycle-any-images =
    { $archived ->
        [true] all archived images
       *[false] all images
    }
lifecycle-untagged-images =
    { $archived ->
        [true] archived images without a tag
       *[false] images without a tag
    }
lifecycle-tagged-images =
    { $archived ->
        [true] archived images with a tag
       *[false] images with a tag
    }
# $archived, $values
lifecycle-with-prefix =
    { $archived ->
        [true] archived images with a tag that begins with { $values }
       *[false] images with a tag that begins with { $values }
    }
# $archived, $values
lifecycle-with-prefixes =
    { $archived ->
        [true] archived images with tags that begin with each of { $values }
       *[false] images with tags that begin with each of { $values }
    }
# $archived, $values
lifecycle-with-pattern =
    { $archived ->
        [true] archived images with a tag that matches { $values }
       *[false] images with a tag that matches { $values }
    }
# $archived, $values
lifecycle-with-patterns =
    { $archived ->
        [true] archived images with tags that match each of { $values }
       *[false] images with tags that match each of { $values }
    }
# $archived, $status
lifecycle-other-status =
    { $archived ->
        [true] archived images with the tag status “{ $status }”, which Gantry does not know
       *[false] images with the tag status “{ $status }”, which Gantry does not know
    }
lifecycle-newest =
    { $count ->
        [one] the newest one stays
       *[other] the newest { $count } stay
    }
lifecycle-pushed-within =
    { $days ->
        [one] those pushed within the last day stay
       *[other] those pushed within the last { $days } days stay
    }
lifecycle-pulled-within =
    { $days ->
        [one] those pulled within the last day stay
       *[other] those pulled within the last { $days } days stay
    }
lifecycle-archived-within =
    { $days ->
        [one] those archived within the last day stay
       *[other] those archived within the last { $days } days stay
    }
lifecycle-other-keep = ECR keeps what “{ $rule }” says, which Gantry does not know
# “Of images without a tag, the newest 10 stay; the others expire and are deleted.”
# $images, $kept
lifecycle-expire = Of { $images }, { $kept }; the others expire and are deleted.
# $images, $kept
lifecycle-transition = Of { $images }, { $kept }; the others move to the archive.
# $images, $kept, $action
lifecycle-other-action = Of { $images }, { $kept }; the action for the others is “{ $action }”, which Gantry does not know.
lifecycle-never-pulled = An image that was never pulled counts from its push.
lifecycle-unknown-parts = The rule has parts that Gantry does not know: { $parts }.
lifecycle-unknown-beside = The policy has parts beside its rules that Gantry does not know: { $parts }.
lifecycle-goes-expire = is deleted
lifecycle-goes-transition = is archived
lifecycle-unreadable-title = The rules cannot be read
lifecycle-unreadable = Gantry does not understand this policy. Its text is shown below.
lifecycle-text = Policy JSON
lifecycle-policy-text = policy text
lifecycle-not-evaluated = Amazon ECR has not evaluated this policy yet. It does so within 24 hours after the policy was set.
lifecycle-last-evaluated = Last evaluated by Amazon ECR { $when }
lifecycle-none-title = No lifecycle policy is set
lifecycle-none = Images are kept, and paid for, until they are deleted.
lifecycle-none-next = A role that may use ecr:PutLifecyclePolicy can set one.

lifecycle-preview = Preview
lifecycle-preview-note = Amazon ECR tries out the policy on the images that are there now. A preview changes no image.
lifecycle-requested = Last requested through Gantry { $when }
lifecycle-requested-unknown = Amazon ECR does not say when it made this preview, and it was not requested through Gantry.
lifecycle-start = Start preview
lifecycle-start-again = Start a new preview
lifecycle-no-preview = There is no preview yet.
lifecycle-outdated-title = This preview is of another policy
lifecycle-outdated = The policy was changed after this preview. Its priorities do not belong to the rules above. Start a new preview.
lifecycle-running-title = Amazon ECR is making the preview
lifecycle-running = This takes from seconds to minutes. You can leave this page and come back.
lifecycle-look-again = Reload
lifecycle-failed-title = Amazon ECR could not make the preview
lifecycle-failed = No image was changed. Start a new preview. If it fails again, check that the policy is valid.
lifecycle-nothing-title = No image would be deleted or archived
lifecycle-nothing = No rule applies to an image now.
lifecycle-would-go =
    { $count ->
        [one] 1 image would be deleted or archived
       *[other] { $count } images would be deleted or archived
    }
lifecycle-order = by rule, oldest push first
lifecycle-first = { NUMBER($count) } of them are listed
lifecycle-caption = Images that the lifecycle policy would delete or archive now
lifecycle-digest = Image
lifecycle-tags = Tags
lifecycle-pushed = Pushed
lifecycle-pulled = Last pulled
lifecycle-rule = Rule
lifecycle-fate = What happens

lifecycle-started-title = The preview has started
lifecycle-started = No image is changed. If the preview is not shown below, reload this page in a moment.
lifecycle-not-started-title = The preview was not started
lifecycle-start-withheld = No role of your teams is granted ecr:StartLifecyclePolicyPreview on this repository. Nothing was changed. Ask the owners of the repository to grant it.
lifecycle-start-undecided = Gantry could not read the policies of this repository again, so it could not check your access. Nothing was changed. Try again in a minute.
lifecycle-start-not-recorded = Gantry could not write to its audit log, and does nothing that it cannot record. Nothing was changed. Try again in a minute. If it continues, tell your Gantry administrator.
lifecycle-start-throttled = Amazon ECR limits the rate of requests. Nothing was changed. Try again in a minute.
lifecycle-start-failed = Amazon ECR refused the request. Nothing was changed. Try again. If it fails again, tell your Gantry administrator: the log has the cause.
lifecycle-unanswered-title = The preview may or may not have started
lifecycle-unanswered = Amazon ECR did not answer in time. No image was changed. Reload this page in a minute. If there is no new preview, start it again.

## links: Texts of the pages that create, list and revoke share links.

links-share = Share
links-reach = Share links
links-own-reach = Your share links
links-live =
    { $count ->
        [0] none
        [one] 1 live
       *[other] { $count } live
    }

links-new-title = Create share link
links-new-about = Anyone with the link sees this and nothing else, without signing in, while the team below may see it, until the link expires or is revoked. Paste it into the incident's ticket.
links-shows = What it shows
links-id-hint = The audit log names the link by this ID. It opens nothing.
# $tag, $repository
links-a-tag = the tag { $tag } of { $repository } and the image that it points at
# $digest, $repository
links-an-image = the image { $digest } of { $repository }
links-a-repository = the repository { $repository } and the list of its images
links-already =
    { $count ->
        [one] 1 live link reaches this repository already.
       *[other] { $count } live links reach this repository already.
    }
links-already-own =
    { $count ->
        [one] You already have 1 live link to this repository.
       *[other] You already have { $count } live links to this repository.
    }
links-moment = Version to show
links-both = State at creation and when opened
links-both-about = The link keeps the state of when it is created, and shows it beside the state of when it is opened.
links-frozen = State at creation only
links-frozen-about = The link keeps the state of when it is created. It shows nothing newer.
links-live-moment = State when opened only
links-live-about = The link shows the state of when it is opened. It keeps nothing.
links-expiry = Expires
links-hour = 1 hour
links-day = 1 day
links-two-weeks = 14 days
links-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
links-hours =
    { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
links-date = Until this time, UTC
links-date-field = Date and time, UTC
links-note = Reference
links-note-hint = A ticket number, such as INC-4711. The page shows it.
links-hidden = Hidden by default
links-always-hidden = Values of environment variables, build steps and account IDs are always hidden.
links-environment = Show values of environment variables, and build steps
links-environment-about = They hold passwords and keys more often than they should: anyone with the link can read them.
links-accounts = Show account IDs
links-accounts-about = This reveals the registry's AWS account, and makes image references complete, so that people can pull by them.
links-bearer = Share as
links-bearer-about = The link opens only while this team's role may see this, until it expires or is revoked. If the repository is deleted, no link to it opens, not even one that shows the state at creation.
# $team, $role
links-bearer-of = { $team }, as { $role }
links-make = Create link
links-cancel = Cancel
links-wrong = No link was created
links-wrong-next = Your entries were kept. Fix the highlighted fields and try again.
links-session-ended = Your session ended before you sent the form. What you typed is kept. Choose again what the link shows, then create it.
links-wrong-note = 200 characters at most, and none that hide or reorder others.
links-wrong-expiry = Choose a time at least an hour and at most { $longest } from now.
links-wrong-shows = Your Gantry administrator does not allow links to show this.
links-wrong-date = Give a date and time as in { $example }, in UTC.
# $choice
links-wrong-date-not-chosen = You gave a date and chose another time. Choose “{ $choice }”, or clear the date.
links-wrong-moment = Choose one of these.
links-wrong-bearer = Choose one of these: another does not show this to you.
links-too-many =
    { $count ->
        [one] You have 1 live link, the most that one person can have. Nothing was changed. Revoke it if you no longer need it, then send this form again.
       *[other] You have { $count } live links, the most that one person can have. Nothing was changed. Revoke links that you no longer need, then send this form again.
    }
links-store = Gantry's store does not answer. Nothing was changed. Try again in a minute.

links-made-title = Link created
links-made-once = Copy the address now. This browser keeps it for 5 minutes; after that nobody can show it again. Gantry keeps only a hash of it.
links-made-before-title = Your link
links-made-before = This link exists. Its address was shown when it was created.
links-address-gone = The address cannot be shown again
links-address-gone-next = If you did not copy it, revoke this link and create a new one.
links-id = ID
links-url = link
links-for-team = It ends earlier if the team { $team } may no longer see it, or if the repository is deleted.
links-ends = Ends
links-hides = Hidden
links-hides-environment = values of environment variables, build steps
links-hides-accounts = account IDs
links-hides-nothing = nothing
links-open-link = Open link
links-to-links = All my links
links-back = Back to what it shows

links-title = Share links
links-about = Anyone with a share link can open it without signing in. Each shows one thing while its team may see it, until the link expires or is revoked.
links-filter = Filter links
links-filter-hint = Filter by repository, reference, creator or team
links-ended = Include expired and revoked
links-everybody = All users
links-apply = Apply
links-clear = Clear filters
links-caption = Share links
# $matching, $total
links-counted = { $matching } of { $total } links
links-all =
    { $total ->
        [one] 1 link
       *[other] { $total } links
    }
links-newest-only = Only the newest links were searched. To search older links, open the list of one creator or one team.
links-only-mine = Yours; those of others are shown to administrators.
links-of-maker = created by { $name }
links-of-team = for the team { $name }
links-of-repository = to { $name }
links-select = Select
links-select-link = Select the link to { $what }
links-scope = Shows
links-for-what = Reference
links-made-by = Created by
links-team = For
links-expires = Expires
links-views = Views
links-views-hint = Several views from one address within a minute count once.
links-never-viewed = not yet
links-last-viewed = last
links-from = from { $network }
links-network-hint = The address is kept as its network alone.
links-state = State
links-state-live = live
links-state-closed = does not open
links-state-closed-about = The repository was deleted, or the team may no longer see it.
links-state-expired = expired
links-state-revoked = revoked
# $name, $when
links-revoked-by = by { $name }, { $when }
links-revoke = Revoke…
links-revoke-this = Revoke the link to { $what }
links-revoke-selected = Revoke selected…
links-revoke-all = Revoke all of these…
links-revoked =
    { $count ->
        [0] No link was revoked: none of them was live.
        [one] 1 link was revoked.
       *[other] { $count } links were revoked.
    }
links-no-match = No link matches
links-no-match-next = Try fewer filters, or include expired and revoked links.
links-empty = You have no links
links-empty-all = There are no links
links-empty-next = A link shows one tag, image or repository to anyone who has it, without signing in: for an incident's ticket. Create one with “Share” on the page of what you want to show.
links-empty-no-team = A link shows one tag, image or repository to anyone who has it, without signing in. You are in no team, so there is nothing that you can share.

links-confirm-title = Revoke links
links-confirm-these = You are about to revoke { $count }:
# $count, $name
links-confirm-maker = You are about to revoke { $count }, created by { $name }, for all teams.
# $count, $name
links-confirm-team = You are about to revoke { $count } of the team { $name }, including any that other people created.
links-confirm-first = These are the newest { $shown } of them:
links-confirm-next = This cannot be undone. Anyone who opens a revoked link sees “There is no such link”. You can create new links.
links-confirm-nothing = There is nothing to revoke
links-confirm-nothing-next = These links have ended already, or they are not yours.
links-confirm-none = Select at least one link
links-confirm-none-next = No link was revoked. Go back, select links in the list, and try again.
links-to-list = Back to the links
links-to-audit-of = Audit log about link { $id }
links-confirm = Revoke { $count }

## list: Separators for lists in sentences.

# Between the items of a list: “a, b and c”.
list-comma = ,{" "}
# Before the last item.
list-and = {" "}and{" "}
# Before the last of several alternatives: “a, b or c”.
list-or = {" "}or{" "}
# Between two sentences. Chinese needs none: its full stop is full-width.
list-gap = {" "}

## no-team: Texts for people who are signed in and in no team.

no-team-title = You are in no team
no-team-unmapped = None of your sign-in groups belongs to a team. Ask your Gantry administrator to add one of them to a team.
no-team-administrator = You are an administrator: you see the names and the policies of all repositories, and no images. To see images, add one of your sign-in groups to a team in Gantry's configuration.
no-team-no-groups = Your sign-in has no groups. Ask your Gantry administrator which group you need.
no-team-empty = Your sign-in has no groups: its claim { $claim } is empty. Ask your Gantry administrator which group you need, then sign in again.
no-team-absent = Gantry looks for your groups in the claim { $claim }, and your sign-in does not have it. Either you are in no group, or Gantry needs another claim. Ask your Gantry administrator which group you need, and whether groups_claim is right. Then sign in again.
no-team-unreadable = Gantry looks for your groups in the claim { $claim }, and it does not contain a list of names. Ask your Gantry administrator to set groups_claim to another claim, or to a path into this one. Then sign in again.
no-team-too-many = You are in too many groups, and the identity provider left the claim { $claim } out. Ask your Gantry administrator to have it send only the groups that are assigned to Gantry, or application roles, with groups_claim = "roles". Then sign in again.
no-team-policies-decide = What a team sees follows from the repositories' own policies.
no-team-name = Name or email address of your sign-in
no-team-subject = Subject: your Gantry administrator finds you by it
no-team-issuer = Issuer
no-team-your-groups = Groups of your sign-in
no-team-looked-at = Claim that Gantry reads groups from
no-team-claims = Claims of your sign-in
no-team-more = and { NUMBER($count) } more

## palette: Texts of the palette.

palette-title = Go to
palette-hint = Repository, tag, digest or page
palette-search-hint = Repository, tag or digest
palette-hits = Found
palette-page = page
palette-repository = repository
palette-tag = tag
palette-image = image
palette-last-push = last push { $ago }
palette-image-pushed = image pushed { $ago }
palette-pushed = pushed { $ago }
palette-nothing = No repository, tag or digest that you may see matches. Findings and labels are not searched.
# $host
palette-unseen-registry = Nothing found: you see no repository of the registry { $host }.
palette-incomplete = Gantry has not read every repository yet: more may be found later.
palette-too-many = Too many searches. Wait a moment, then type again.
palette-shortened = The text is too long. Its last words were not searched for.
palette-short-digest = Digests are searched from 4 digits on.
# $shown, $matching
palette-cut = { NUMBER($shown) } of { NUMBER($matching) } matches are shown. Type more to find the others.
palette-no-tag = no tag { $tag }
palette-failed = The search failed. Try again.
palette-keys = ↑ ↓ to choose, Enter to go, Esc to close

## personas: The personas of the demo, a line about each.

personas-ana = Developer in the storefront team
personas-ben = Developer in the checkout team
personas-chao = Works in two teams: storefront and checkout
personas-dana = Payments team, with two roles: developer and auditor
personas-erik = Release manager: moves tags from stage to stage
personas-farah = Platform administrator: reviews policies, sees no images
personas-gus = New here, and in no team yet
personas-hana = Logistics, from another AWS account

## policy: Texts of a repository policy's page.

policy-title = Repository policy
policy-lifecycle = Lifecycle policy
policy-arn = ARN
policy-read = Read from Amazon ECR at { $when }
policy-statements = In plain words
policy-text = Policy JSON
policy-text-lines = Text of the policy, line by line
policy-line = line { NUMBER($number, useGrouping: 0) }
policy-indented = Line breaks and spaces are added here.
policy-policy-text = policy text
policy-matrix = What it grants to whom
policy-matrix-caption = What the policy grants to the principals of configured teams
policy-matrix-others = For other teams, this table lists only principals that the policy names, and uses only their ARNs. The registry policy does not count for them here: you may not see it. Administrators see every principal.
policy-matrix-all = It lists the principals of all configured teams, because you are an administrator.
policy-no-teams = Your teams have no principals, and the policy names none of another team.
policy-none-title = No policy is set
policy-none = Without a policy, this repository grants nothing to anyone: only the IAM of its own account decides, which Gantry does not see. Its teams find nothing of it here.
policy-none-next = The owner of the repository can set one with ecr:SetRepositoryPolicy.
policy-broken-title = This policy cannot be understood, so it grants nothing here
policy-broken-next = A policy that is only half understood must not open anything. Correct it at the place named, or simplify it.

policy-allow = Allow
policy-deny = Deny
# “Lets role/ci pull images.”
# $whom, $deeds
policy-lets = Lets { $whom } { $deeds }.
# $whom, $deeds
policy-forbids = Forbids { $whom } to { $deeds }.
policy-everyone-but = everyone except { $names }
# In a deny: who is not listed can still be exempt.
# “Forbids everyone who is not exempt (named as exempt: role/ci) to push images.”
policy-everyone-not-exempt = everyone who is not exempt (named as exempt: { $names })
policy-everything = do everything
policy-everything-but = do everything except: { $deeds }
policy-anything = do anything
policy-anything-but = do anything except: { $deeds }
# A deny that limits what the sentence before allows: all of it, or a part.
# $statement, $certain
policy-but-it =
    { $certain ->
        [true] But the statement { $statement } forbids it.
       *[false] But the statement { $statement } may forbid it. That depends on the request.
    }
# $statement, $whom, $certain
policy-but-it-for =
    { $certain ->
        [true] But the statement { $statement } forbids it for { $whom }.
       *[false] But the statement { $statement } may forbid it for { $whom }. That depends on the request.
    }
# $statement, $deeds, $certain
policy-but-part =
    { $certain ->
        [true] But the statement { $statement } forbids a part of it: { $deeds }.
       *[false] But the statement { $statement } may forbid a part of it: { $deeds }. That depends on the request.
    }
# $statement, $whom, $deeds, $certain
policy-but-part-for =
    { $certain ->
        [true] But the statement { $statement } forbids a part of it for { $whom }: { $deeds }.
       *[false] But the statement { $statement } may forbid a part of it for { $whom }: { $deeds }. That depends on the request.
    }
policy-other-actions = use { $actions }

policy-everyone = everyone in every AWS account
policy-account = account { $id } as a whole
policy-everyone-in-account = every role and user of account { $id }
policy-deleted = a deleted identity ({ $id })
policy-service = the service { $name }
policy-account-remark = Delegated: the IAM of the account decides which of its roles may. Gantry does not see that: it is not granted unless the operator answers for the team's identity side.
policy-everyone-condition-remark = All principals of every AWS account are named. The conditions decide which of them may.
policy-allow-condition-remark = Where Gantry cannot check a condition, it counts an allow as not granted.
policy-deny-condition-remark = Where Gantry cannot check a condition, it counts a deny as denied.
policy-principals = Principals
policy-all-but = All but
policy-actions = Actions
policy-elements = Principals and actions as written
policy-conditions = Only if

## condition: Texts for conditions: keys and operators.

condition-source-vpce = the VPC endpoint
condition-source-vpc = the VPC
condition-source-ip = the caller's IP address
condition-organization = the caller's organization
condition-organization-paths = the caller's place in the organization
condition-principal-arn = the caller's ARN
condition-principal-account = the caller's account
condition-principal-tag = the caller's tag { $tag }
condition-resource-tag = the repository's tag { $tag }
condition-secure-transport = the connection being encrypted
condition-mfa = sign-in with a second factor
condition-current-time = the time
condition-via-service = the call coming through an AWS service
condition-source-account = the account that the service acts for
condition-source-arn = the resource that the service acts for
# A condition key in words and as written: “the VPC (aws:SourceVpc)”.
# $words, $key
condition-known = { $words } ({ $key })
# A condition key without a description, as written.
condition-unknown = { $key }

# $subject, $values
condition-equals = { $subject } is { $values }
# $subject, $values
condition-differs = { $subject } is not { $values }
# $subject, $values
condition-equals-ignoring-case = { $subject } is, in any case of letters, { $values }
# $subject, $values
condition-differs-ignoring-case = { $subject } is not, in any case of letters, { $values }
# $subject, $values
condition-matches = { $subject } matches { $values }
# $subject, $values
condition-does-not-match = { $subject } does not match { $values }
# $subject, $values
condition-within = { $subject } lies within { $values }
# $subject, $values
condition-outside = { $subject } lies outside { $values }
# $subject, $values
condition-less = { $subject } is below { $values }
# $subject, $values
condition-at-most = { $subject } is at most { $values }
# $subject, $values
condition-greater = { $subject } is above { $values }
# $subject, $values
condition-at-least = { $subject } is at least { $values }
# $subject, $values
condition-before = { $subject } is before { $values }
# $subject, $values
condition-until = { $subject } is not after { $values }
# $subject, $values
condition-after = { $subject } is after { $values }
# $subject, $values
condition-since = { $subject } is not before { $values }
condition-missing = { $subject } is missing
condition-present = { $subject } is there
# An unknown operator, as written.
# $subject, $operator, $values
condition-other = { $subject } { $operator } { $values }
condition-any-value = any value of { $subject }
condition-every-value = every value of { $subject }
condition-or-missing = { $condition }, or is missing

## lint: Remarks on policies: for each rule its title, what is wrong, and what to do.

# A remark about a statement.
# $label, $remark
lint-statement = statement { $label }: { $remark }
lint-not-a-policy = The file is not a policy of this kind
lint-every-action = all actions
lint-nearest = Use { $nearest } if you mean that.
lint-remove = Remove it.
lint-look-up = Look up the name in the Service Authorization Reference.
lint-spare-by-condition = Use Principal "*" with the condition ArnNotEquals aws:PrincipalArn.

lint-public-access = Anyone can use the repository
lint-public-pull-and-push = Anyone with an AWS account can pull and push images ({ $actions }).
lint-public-pull = Anyone with an AWS account can pull images ({ $actions }).
lint-public-push = Anyone with an AWS account can push images ({ $actions }).
lint-public-use = Anyone with an AWS account can use the repository ({ $actions }).
lint-public-access-remedy = Name accounts or roles, or add a condition such as StringEquals aws:PrincipalOrgID.
lint-whole-account = Another account is trusted as a whole
lint-whole-account-reason = Account { $account } is trusted as a whole: its administrators decide which of its principals have access.
lint-whole-account-unless-owner = Account { $account } is trusted as a whole. If it does not own the repository, its administrators decide which of its principals have access.
lint-whole-account-remedy = Name roles of the account instead, or add a condition on aws:PrincipalOrgID or aws:PrincipalArn.
lint-service-without-source = An AWS service can act for any account
lint-service-without-source-reason = { $service } can act here for any account.
lint-service-without-source-remedy = Add a condition on aws:SourceArn or aws:SourceAccount.
lint-service-with-any-source = The condition on the source of an AWS service allows any account
# $service, $operator, $key
lint-service-with-any-source-reason = { $service } can act here for any account: { $operator } { $key } does not limit the account.
lint-service-with-any-source-remedy = Write the account ID without wildcards, and use an operator without Not, IfExists or ForAllValues.

lint-deleted-principal = A principal was deleted
lint-deleted-principal-reason = { $id } is the ID of a deleted role or user. It does not match a new one with the same name.
lint-deleted-principal-remedy = Remove it, or name the ARN of the replacement.
lint-wildcard-in-principal = A wildcard inside a principal matches nothing
lint-wildcard-in-principal-reason = A wildcard inside a principal matches nothing: no principal has the name { $principal }.
lint-wildcard-in-principal-remedy = Name each principal, or use a condition ArnLike aws:PrincipalArn.
# $account, $principal
lint-wildcard-in-principal-of-account = Name account { $account }, and add the condition ArnLike aws:PrincipalArn "{ $principal }".
lint-principal-names-nothing = A principal never sends requests
lint-principal-names-nothing-reason = No request comes from "{ $principal }".
lint-principal-names-nothing-remedy = Use an account ID or the ARN of a role or user under AWS, or the name of a service, such as lambda.amazonaws.com, under Service.
lint-not-principal-allow = NotPrincipal is used with Allow
lint-not-principal-allow-reason = NotPrincipal with Allow means everyone in the world except a few, and AWS does not support it.
lint-not-principal-allow-remedy = List the allowed principals under Principal.
lint-not-principal-without-account = NotPrincipal lists principals without their account
lint-not-principal-without-account-reason = This also denies the listed principals, because their accounts are not listed.
lint-not-principal-without-account-remedy = List { $accounts } too, or use Principal "*" with the condition ArnNotEquals aws:PrincipalArn.
lint-not-principal-without-session = NotPrincipal lists a role without its sessions
lint-not-principal-without-session-reason = AWS may compare the account, the role and the session. This may also deny { $principals }, unless the account, the role and each of its sessions are listed.
lint-not-principal = NotPrincipal is easy to misread
lint-not-principal-reason = NotPrincipal is easy to misread, and AWS advises against it.

lint-unknown-action = Amazon ECR has no such action
lint-unknown-action-reason = Amazon ECR has no action { $action }.
lint-pattern-without-action = A pattern matches no action of Amazon ECR
lint-pattern-without-action-reason = No action of Amazon ECR matches { $pattern }.
lint-other-service = An action belongs to another service
lint-other-service-reason = { $action } is not an action of Amazon ECR, so this policy has no effect on it.
lint-not-on-repositories = An action does not apply to repositories
lint-not-on-repositories-reason = { $action } applies to the registry as a whole, never to a repository.
lint-not-on-repositories-remedy = Remove it, and allow it in a policy of the role or user.
lint-redundant-action = An action is covered by another one of the same list
# $action, $covering
lint-redundant-action-reason = { $action } is covered by { $covering }.
lint-not-action-allow = NotAction is used with Allow
lint-not-action-allow-reason = NotAction with Allow allows every other action, including those that Amazon ECR adds later.
lint-not-action-allow-remedy = List the allowed actions under Action.
lint-incomplete-pull = Layers can be downloaded, but images cannot be pulled
lint-incomplete-pull-reason = Layers can be downloaded, but pulling an image also needs { $missing }.
lint-incomplete-push = Layers can be uploaded, but images cannot be pushed
lint-incomplete-push-reason = Layers can be uploaded, but pushing an image also needs { $missing }.
lint-incomplete-remedy = Add the missing actions, unless policies of the roles or users allow them.

lint-key-never-there = No request for these actions has the condition key
lint-key-never-there-reason = No request to Amazon ECR has the key { $key }.
# $actions, $key
lint-key-never-there-other-actions = Only requests for { $actions } have the key { $key }.
lint-key-never-there-remedy = Remove the condition, or move it to a statement with only the actions that have the key.
lint-tag-key-missing = A condition on a tag names no tag
lint-tag-key-missing-reason = { $key } does not name a tag.
lint-tag-key-missing-remedy = Use { $key }/ followed by the key of the tag.
lint-for-all-values-allow = ForAllValues also allows requests without the key
# $operator, $key
lint-for-all-values-allow-reason = { $operator } also holds if a request has no { $key }, and then allows it.
lint-for-all-values-allow-remedy = Add the condition Null { $key } "false".
lint-needs-set-operator = A key with several values needs a set operator
# $key, $operator
lint-needs-set-operator-reason = { $key } can have several values, which { $operator } alone does not compare.
lint-needs-set-operator-remedy = Use ForAnyValue:{ $operator } or ForAllValues:{ $operator }.
lint-needless-set-operator = A key with one value needs no set operator
# $key, $operator
lint-needless-set-operator-reason = { $key } has one value, so { $operator } needs no prefix.
lint-use-operator = Use { $operator }.
lint-operator-does-not-fit = An operator does not fit its key
# $key, $operator
lint-operator-for-address = { $key } is an IP address, and { $operator } does not compare it as one.
lint-operator-for-address-remedy = Use IpAddress or NotIpAddress.
# $key, $operator
lint-operator-for-date = { $key } is a date and time, and { $operator } does not compare it as one.
lint-operator-for-date-remedy = Use a Date operator.
# $key, $operator
lint-operator-for-number = { $key } is a number, and { $operator } does not compare it as one.
lint-operator-for-number-remedy = Use a Numeric operator.
# $key, $operator
lint-operator-for-text = { $key } is neither an IP address nor a date, and { $operator } compares it as one.
lint-operator-for-text-remedy = Use a String operator.

lint-unreadable-value = A value does not have the type that the operator compares
# $operator, $key, $value
lint-unreadable-value-reason = { $operator } cannot compare { $key } with "{ $value }".
lint-unreadable-value-remedy = Correct the value, or use another operator.
lint-both-booleans = A condition accepts true and false
lint-both-booleans-reason = Both true and false are listed for { $key }, so the condition accepts either.
lint-both-booleans-remedy = Keep only one of them.
lint-wildcard-is-literal = A wildcard is taken literally
# $operator, $value
lint-wildcard-is-literal-reason = { $operator } takes the wildcard in "{ $value }" literally.
lint-wildcard-is-literal-remedy = Use StringLike or StringNotLike.
lint-variable-is-literal = A policy variable is taken literally
lint-variable-is-literal-reason = The variable in "{ $text }" is taken literally: only version 2012-10-17 supports variables.
lint-variable-is-literal-remedy = Set Version to 2012-10-17.
lint-wildcard-crosses-colons = A wildcard in an ARN also matches colons
# $operator, $value
lint-wildcard-crosses-colons-reason = { $operator } compares texts: the * in "{ $value }" also matches colons, so the value can match ARNs of other services and accounts.
lint-wildcard-crosses-colons-remedy = Use { $operator }, and write all six parts of the ARN.
lint-private-address = A private address never matches
# $key, $address
lint-private-address-reason = { $key } is never a private address such as { $address }. A request over the internet has a public address, and a request through a VPC endpoint has no { $key }.
lint-private-address-remedy = Use public addresses. For requests through a VPC endpoint, use aws:VpcSourceIp together with aws:SourceVpc.
lint-variable-not-closed = A policy variable is not closed
lint-variable-not-closed-reason = A variable in "{ $text }" has no closing brace, or no quotation mark before it. AWS does not document what the text matches.
lint-variable-not-closed-remedy = Close it, or write {"${$}"} for a dollar sign.
lint-variable-malformed = A policy variable has a form that AWS does not document
lint-variable-empty = A variable in "{ $text }" has no name. AWS does not document what the text matches.
lint-variable-with-space = A variable in "{ $text }" has a space in its name or next to it. AWS does not document what the text matches.
lint-variable-without-quotes = A variable in "{ $text }" needs its default value in single quotation marks, after a comma and one space. AWS does not document what the text matches.
lint-variable-with-sign = A variable in "{ $text }" has a character in its name that no key has. AWS does not document what the text matches.
lint-variable-malformed-remedy = Write {"${key}"} or {"${key, 'default'}"}, or {"${$}"} for a dollar sign.
lint-variable-never-there = No request has the key of a policy variable
lint-variable-never-there-reason = No request has the key { $key }, so nothing equals a text with it.
lint-variable-never-there-remedy = Correct the name of the key.

lint-unreachable = A statement has no effect beside another one
lint-unreachable-allow = This has no effect: { $label } already allows all of it.
lint-unreachable-deny = This has no effect: { $label } already denies all of it.
lint-unreachable-remedy = Remove the statement.
lint-shadowed = A statement allows what another one denies
# $actions, $labels
lint-shadowed-reason = Always denied by { $labels }: { $actions }.
lint-shadowed-wholly = All of this is always denied by { $labels }.
lint-shadowed-remedy = Remove the denied actions, or exempt the intended principals from the deny.
lint-resource-in-repository-policy = A repository policy names a resource
lint-resource-in-repository-policy-reason = A repository policy applies to its own repository, and has no Resource.
lint-resource-in-repository-policy-remedy = Remove the element.
lint-short-resource = A resource has fewer than the six parts of an ARN
# $resource
lint-short-resource-reason = “{ $resource }” has fewer than the six parts of an ARN. AWS fills in the missing ones in identity policies, and does not say what it does in others. There, Gantry grants nothing by it, and withholds what it may deny.
lint-short-resource-remedy = Write all six parts, such as "arn:aws:ecr:*:*:repository/*".
lint-registry-without-resource = A statement of a registry policy names no resource
lint-registry-without-resource-reason = A statement of a registry policy must name the repositories that it applies to.
lint-registry-without-resource-remedy = Add Resource with the ARNs of the repositories, or "*".
lint-duplicate-sid = Two statements have the same Sid
# $first, $sid
lint-duplicate-sid-reason = Statement #{ NUMBER($first, useGrouping: 0) } also has the Sid { $sid }. A Sid must be unique in a policy.
lint-duplicate-sid-remedy = Use another Sid.
lint-locks-out = The owner cannot change the policy
# $count, $labels
lint-locks-out-everyone =
    { $count ->
        [one] This denies everyone, including the owner, to set or delete this policy.
       *[other] Together, the statements { $labels } deny everyone, including the owner, to set or delete this policy.
    }
# $count, $labels, $account
lint-locks-out-owner =
    { $count ->
        [one] This denies everyone in account { $account }, which owns this policy, to set or delete it.
       *[other] Together, the statements { $labels } deny everyone in account { $account }, which owns this policy, to set or delete it.
    }
# $count, $labels, $account
lint-locks-out-account =
    { $count ->
        [one] This denies everyone in account { $account } to set or delete this policy. If that account owns it, the owner cannot change it.
       *[other] Together, the statements { $labels } deny everyone in account { $account } to set or delete this policy. If that account owns it, the owner cannot change it.
    }
lint-locks-out-remedy = Exclude the actions that set and delete the policy, or exempt an administrator with the condition ArnNotEquals aws:PrincipalArn.
lint-size = The policy is close to the size limit, or exceeds it
# $characters, $limit
lint-size-reason = The policy has { NUMBER($characters) } of { NUMBER($limit) } characters.
lint-size-remedy = Combine statements with the same conditions, or name an organization instead of its accounts.

## diff: What changes between two policies.

# $who, $actions, $before, $after
diff-change = { $who }: { $actions }: { $before } -> { $after }
# $who, $actions, $resource, $before, $after
diff-change-on = { $who }: { $actions } on { $resource }: { $before } -> { $after }
diff-all-but = all actions except { $actions }
diff-holder = any principal with the policy
diff-anyone = anyone in any other account
diff-any-other-of = any other role or user of account { $account }
diff-federated = identities of { $provider }
diff-allowed = allowed
diff-allowed-if = allowed if { $conditions }
diff-denied = denied
diff-not-allowed = not allowed
diff-delegated = allowed if the IAM of its account allows it
diff-delegated-if = allowed if the IAM of its account allows it and { $conditions }
# $first, $second
diff-either = { $first }, or { $second }
# $access, $conditions
diff-unless = { $access }, unless { $conditions }
# $first, $second
diff-and = { $first } and { $second }
# $first, $second
diff-or = { $first } or { $second }

## pull: How to pull.

pull-client = Container client
pull-remember = Remember this client
pull-log-in = Log in (the token lasts 12 hours)
pull-login-command = login command
pull-no-login = crictl has no login: it takes credentials with each pull.
pull-by-tag = By tag: whatever the tag points at when the command runs
pull-by-digest = By digest: always this exact image
pull-pull-command-by-tag = pull command by tag
pull-pull-command-by-digest = pull command by digest
pull-deploy = Deploy, pinned by digest
pull-ecs = ECS container definition
pull-kubernetes = Kubernetes container
pull-by-version = By version
pull-pull-command-by-version = pull command by version
pull-manifest = The manifest alone
pull-manifest-command = manifest command
pull-withheld = No role of your teams may pull this image. Only roles that may pull can use the commands.

## registries: Texts about registries, for viewers who know of several.

registries-registry = Registry
registries-any-registry = All registries
registries-account = Account
registries-region = Region
registries-repositories = Repositories shown to you
registries-listed = Last read
registries-unknown = not known yet
# $repositories, $known
registries-in-all = { $repositories } in { NUMBER($known) } registries
# $repositories, $shown, $known
registries-in-some = { $repositories } in { NUMBER($shown) } of { NUMBER($known) } registries
# $what, $registry
registries-and-registry = { $what } (registry { $registry })
registries-failing = Gantry cannot read the registry { $registry }
registries-since = Since { $when }.
registries-shown-as-of = What Gantry read before is shown, as of { $when }.
registries-not-shown = Its repositories are not shown.
registries-perhaps = If you may see repositories in it, they are missing here.
registries-again = Gantry tries again by itself.
registries-none-shown = No repository of this registry is shown
registries-none-shown-next = Gantry shows them again as soon as it can read the registry.
registries-none-granted-next = “My access” shows what you are granted in it.
registries-call = Failed call
registries-code = AWS error code
registries-request-id = AWS request ID

## repositories: Texts of the list of repositories.

repositories-title = Repositories
repositories-filter = Filter repositories
repositories-filter-hint = Filter by name
repositories-namespace = Namespace
repositories-any-namespace = All namespaces
repositories-through-team = Through team
repositories-any-team = All my teams
repositories-mutability = Mutability
repositories-any-mutability = Any mutability
repositories-mutable = mutable
repositories-immutable = immutable
repositories-mutable-except = mutable, with exceptions
repositories-immutable-except = immutable, with exceptions
repositories-except = except { $filters }
repositories-mutability-hidden = ecr:DescribeRepositories is not granted
repositories-severity = Findings of tagged images
repositories-any-severity = Any findings
repositories-some-not-scanned = some not scanned
repositories-some-scans-failed = some scans failed
repositories-some-scans-not-known = some scans not known
repositories-policy = Policy
repositories-any-policy = Any policy
repositories-with-policy = With a policy
repositories-without-policy = Without a policy
repositories-apply = Apply
repositories-clear = Clear filters
repositories-caption = Repositories that you may see
repositories-name = Repository
repositories-images = Images
repositories-tags = Tags
repositories-size = Size
repositories-pushed = Last push
repositories-worst = Worst finding, tagged images
repositories-policy-set = set
repositories-policy-not-set = none
repositories-at-most = At most so many: platforms count as images until Gantry has read their indexes.
repositories-policy-unread = not read yet
repositories-policy-hidden = ecr:GetRepositoryPolicy is not granted
repositories-not-read = not read yet
repositories-not-readable-why = The repository’s page says why.
repositories-not-readable = could not be read
# $matching, $read
repositories-counted-read = { $matching } of { $read } repositories read so far
repositories-unread = { $count } not read yet
repositories-failed = { $count } could not be read
repositories-withheld =
    { $count ->
        [one] findings of 1 repository are not shown to you
       *[other] findings of { NUMBER($count) } repositories are not shown to you
    }
repositories-mutability-withheld =
    { $count ->
        [one] mutability of 1 repository is not shown to you
       *[other] mutability of { NUMBER($count) } repositories is not shown to you
    }
repositories-policies-withheld =
    { $count ->
        [one] policy of 1 repository is not shown to you
       *[other] policies of { NUMBER($count) } repositories are not shown to you
    }
repositories-policies-unread =
    { $count ->
        [one] policy of 1 repository is not read yet
       *[other] policies of { NUMBER($count) } repositories are not read yet
    }
repositories-semicolon = ;{" "}
repositories-figures-hidden = ecr:DescribeImages is not granted
repositories-review = review
repositories-tags-only = tags only
repositories-name-only = name only
repositories-tags-only-why = ecr:ListImages is granted, ecr:DescribeImages is not: tags and digests alone are shown
repositories-name-only-why = An administrator's review: the name and the policy, never images
# $matching, $total
repositories-counted = { $matching } of { $total } repositories
repositories-all =
    { $total ->
        [one] 1 repository
       *[other] { $total } repositories
    }
repositories-may-lack = There may be more repositories: Gantry could not read the policies of all of them. It keeps trying.
repositories-incomplete = still reading from Amazon ECR
repositories-no-match = No repository matches
repositories-no-match-read = No repository read so far matches
repositories-no-match-next = Try fewer filters.
repositories-search-tags = Search tags for “{ $text }”
repositories-nothing-granted = No repository is granted to your teams
repositories-nothing-granted-next = Ask the owners of a repository to grant ecr:DescribeImages to one of these roles in its policy:
repositories-reading = Still reading
repositories-reading-next = Gantry has just started and is reading the repositories and their policies. They appear here as they are known.
repositories-reload = Reload

## repository: Texts of a repository's page.

repository-policy = Policy
repository-lifecycle = Lifecycle
repository-about = About this repository
repository-uri = URI
repository-created = Created
repository-settings = Settings
repository-no-settings = not known
repository-mutability = Tag mutability
repository-scan-on-push = Scan on push
repository-on = on
repository-off = off
repository-encryption = Encryption
repository-images = Images
repository-images-hint = Not counted as images: the platforms inside an index, and signatures, SBOMs and attestations of an image.
# $images, $untagged
repository-counts = { $images }, { $untagged } untagged
# $count
repository-up-to = up to { $count }
repository-archived-images = Archived images
repository-archived = { $count } archived
repository-tags = Tags
repository-size = Size
repository-size-hint = Sizes are compressed. Layers that images share are counted each time.
repository-findings = Findings, tagged images, each by its worst platform
repository-not-read = not read yet
repository-counts-not-kept = none found, or not scanned
repository-platforms-apart-hidden = ecr:BatchGetImage is not granted: the platforms of an index stand in the list as images of their own, and count as such.
repository-platforms-apart-unread = Gantry has not read all indexes: their platforms stand in the list as images of their own, and count as such.
repository-seen = Shown to you
repository-policy-fact = Repository policy
repository-policy-set = set
repository-policy-not-set = none
repository-lifecycle-fact = Lifecycle policy
repository-resource-tags = Resource tags
repository-no-resource-tags = none
repository-pull = Pull and deploy
repository-example = shown for { $of }
repository-example-first = shown for { $of }, the first below
repository-list = Tags and images
repository-caption = Images of this repository
repository-filter = Filter images
repository-filter-hint = Filter by tag or digest
repository-tags-filter = Tags
repository-any-tags = All images
repository-tagged = Tagged
repository-untagged = Untagged
repository-floating = With a floating tag
repository-severity = Findings
repository-any-severity = Any findings
repository-apply = Apply
repository-clear = Clear filters
repository-select = Select
repository-select-image = Select { $digest }
repository-selected =
    { $count ->
        [one] 1 image selected
       *[other] { $count } images selected
    }
repository-copy-references = Copy references
repository-clear-selection = Clear selection
repository-tag = Tags
repository-platforms = Platforms
repository-digest = Digest
repository-pushed = Pushed
repository-pulled = Last pulled
repository-found = Findings
# Above the findings of images and indexes.
repository-found-hint = Of an index: its worst platform
repository-never-pulled = not recorded
repository-never-pulled-why = ECR has recorded no pull; it records them about once a day, and not for every role
# $matching, $total
repository-counted = { $matching } of { $total } images
repository-all =
    { $total ->
        [one] 1 image
       *[other] { $total } images
    }
repository-incomplete = still reading from Amazon ECR
repository-no-match = No image matches
repository-no-match-next = Try fewer filters.
repository-look-for-digest = Platforms of an index have no rows here. Look for the image whose digest begins with { $digits }
repository-empty = There are no images
repository-empty-next = They may have been deleted, or none was pushed yet. Push one, then reload this page: it shows new images within half a minute.
repository-reading = Still reading
repository-reading-next = Gantry is reading this repository's images from Amazon ECR. Reload in a moment.
repository-reload = Reload
repository-tags-only = Only ecr:ListImages is granted: sizes, dates and findings need ecr:DescribeImages.

## sessions: Texts of the pages about sessions.

sessions-title = Your sessions
sessions-about = A session is one browser in which you are signed in. End any that you do not recognize.
sessions-count =
    { $total ->
        [one] 1 session
       *[other] { $total } sessions
    }
sessions-most = With more than { NUMBER($most) } sessions, the one used longest ago ends.
sessions-caption = Your sessions, last used first
sessions-browser = Browser
sessions-unknown-browser = Unknown browser
sessions-this-one = This session
sessions-network = Network
sessions-network-hint = Gantry keeps the network from which you signed in, not the address.
sessions-unknown = unknown
sessions-begun = Signed in
sessions-used = Last used
sessions-ends = Ends
sessions-ends-hint = Earlier if nobody uses it.
sessions-action = Action
sessions-end = End
# $browser, $network
sessions-end-this = End the session of { $browser } from { $network }
sessions-end-others = End all other sessions…
sessions-end-all = Sign out everywhere
sessions-ended =
    { $count ->
        [0] No session was ended: it had ended already.
        [one] 1 session was ended.
       *[other] { $count } sessions were ended.
    }
sessions-links-go-on = Share links that you created keep working after your sessions end.
sessions-to-links = Revoke your links

sessions-balancer-title = Your load balancer keeps your sessions
sessions-balancer = Gantry cannot list or end them. “Sign out” in the account menu removes the load balancer’s cookies from this browser. A session in another browser lasts until the load balancer’s session timeout; ask your Gantry administrator if you cannot wait.
sessions-balancer-people-title = The load balancer keeps everyone’s sessions
sessions-balancer-people = Gantry cannot list or end them. To keep someone out, block them at your identity provider, revoke their links, and wait for the load balancer’s session timeout. To keep them out now, remove their group from the Gantry configuration and restart Gantry.

sessions-people-title = Signed-in people
sessions-people-about = People who have a session now. When you end someone’s sessions, they have to sign in again and get the groups that the identity provider has then.
sessions-search = Search people
sessions-search-hint = Search by name or ID
sessions-apply = Search
sessions-clear = Clear search
sessions-people-count =
    { $total ->
        [one] 1 person
       *[other] { $total } people
    }
# $matching, $total
sessions-people-some = { $matching } of { $total } people
sessions-people-caption = People who have sessions, last seen first
sessions-person = Person
sessions-sessions = Sessions
sessions-end-of = End all sessions of { $name }
sessions-end-person = End sessions…
sessions-confirm-title = End sessions
# $count, $name, $id
sessions-confirm-person = You are about to end { $count } of { $name } ({ $id }).
sessions-confirm-others = You are about to end { $count } of yours. The session of this browser goes on.
sessions-confirm-next = This cannot be undone. The people who use these sessions have to sign in again.
sessions-confirm = End { $count }
sessions-confirm-nothing = There is no session to end
sessions-confirm-nothing-next = They have ended already.
sessions-back = Back
sessions-cancel = Cancel
sessions-revoke-links = Revoke links…
sessions-revoke-links-of = Revoke the links of { $name }
sessions-people-links = Ending sessions does not revoke share links. To stop everything that a person shared, revoke their links too.
sessions-no-match = Nobody matches
sessions-no-match-next = Use fewer or other words.

## share: Texts of a share link's page.

share-product = Gantry
share-tag = Tag
share-image = Image
share-repository = Repository
# $repository, $registry
share-of = of `{ $repository }`, registry `{ $registry }`
share-in-registry = registry `{ $registry }`
# $tag, $repository
share-title-tag = { $tag } of { $repository }
share-read-only = Share link
# $name, $team, $when
share-made = Created by { $name } (team { $team }) on { $when }.
# $within, $when
share-expires = Expires { $within }, on { $when }.

share-moved = Moved
share-changed = Changed
share-unchanged = Unchanged
share-no-difference = No difference found
share-returned = Same image again
share-as-before = As before; tags moved in between
share-again = Deleted and pushed again
share-again-created = Deleted and created again
share-same-image-other-tags = Same image; its other tags differ
share-same-image-partly-changed = Same image; something about it differs
share-still-there-other-tags = Still there; its tags differ
share-still-there-partly-changed = Still there; something about it differs
share-not-there-now = No longer there
share-tag-not-there-now = Tag deleted
share-not-known = Not known now
# $verdict, $when
share-verdict-as-of = { $verdict } as of { $when }
share-as-of = As of { $when }.
share-settings-as-of = Settings as of { $when }.

# $version, $digest
share-named = `{ $version }` (`{ $digest }`)
share-bare = `{ $name }`
# $tag, $then, $now
share-tag-moved = `{ $tag }` moved from { $then } to { $now }.
# $tag, $then, $now
share-tag-went-back = `{ $tag }` went back to an older image: { $then } → { $now }.
share-earlier-image-stays = The earlier image { $image } is still in the repository.
share-earlier-image-gone = The earlier image { $image } is no longer in the repository.
# $then, $now, $when
share-digests = Digest: `{ $then }` { $when }, `{ $now }` now.
# $tag, $now, $when
share-tag-stayed = `{ $tag }` points at { $now }, as it did { $when }. Gantry did not see it elsewhere in between.
# $tag, $then, $when
share-tag-pointed = `{ $tag }` pointed at { $then } { $when }.
# $tag, $now, $when
share-tag-returned = `{ $tag }` points at { $now }, the same image as { $when }.
# $before, $after
share-between = between { $before } and { $after }
share-at = at { $when }
# $image, $left, $back, $others
share-elsewhere-in-between =
    { $others ->
        [0] In between it pointed at { $image }: it left { $left }, and came back { $back }.
        [one] In between it pointed at { $image }, and at another image before that: it left { $left }, and came back { $back }.
       *[other] In between it pointed at { $image }, and at { $others } other images before that: it left { $left }, and came back { $back }.
    }
# $left, $back
share-away-in-between = It was deleted ({ $left }) and was back at { $back }.
share-tag-moved-and-back = `{ $tag }` moved away and came back.
share-tag-deleted-and-back = `{ $tag }` was deleted and pushed again.
# $count, $names
share-tags-returned =
    { $count ->
        [one] 1 tag moved or was deleted in between and points at the same image again: { $names }.
       *[other] { $count } tags moved or were deleted in between and point at the same images again: { $names }.
    }
# $span
share-moved-between = It moved { $span }.
# $times, $span
share-moved-last-between = It was seen to move { NUMBER($times) } times since then, the last time { $span }.
# $span, $after
share-moved-by-deletion = It was deleted ({ $span }) and was back at { $after }.
share-moved-before = It moved before { $after }.
share-tag-deleted = The tag `{ $tag }` was deleted.
# $tag, $image
share-tag-deleted-alone = The tag `{ $tag }` was deleted; the image { $image } is still there.
# $tag, $image
share-tag-deleted-with-image = The tag `{ $tag }` was deleted; the image { $image } is gone too.
# $tag, $image
share-tag-deleted-after-move = The tag `{ $tag }` was deleted. Before that, it had moved to { $image }.
share-both-images-stay = Both images are still in the repository.
# $image
share-image-stays-too = The image { $image } is still in the repository.
# $image
share-image-went-too = The image { $image } is no longer in the repository.
# $tag, $then, $when
share-tag-unsure = `{ $tag }` pointed at { $then } { $when }. Gantry cannot read where it points now.
# $tag, $then, $when
share-tag-then = `{ $tag }` pointed at { $then } { $when }. It may have moved since then: this link does not show the present.
# $tag, $now
share-tag-now = `{ $tag }` points at { $now }.
# $seen, $since
share-last-seen = Gantry saw the tag last at { $seen }; it was gone at { $since }.
share-image-stays = The image { $image } is still in the repository.
# $image, $when
share-image-there = The image { $image } is in the repository, as it was { $when }. Whether it was deleted in between is not known.
# $image, $deleted, $pushed
share-image-again = The image { $image } is in the repository again: it was deleted { $deleted }, and pushed again at { $pushed }.
# $deleted, $pushed
share-image-pushed-again = The image was deleted { $deleted }, and pushed again at { $pushed }.
# $image, $when
share-image-went = The image { $image } was in the repository { $when }. It is no longer there.
share-image-deleted = It was deleted { $span }.
# $image, $when
share-image-was = The image { $image } was in the repository { $when }.
# $image, $when
share-image-then = The image { $image }, as it was { $when }. This link does not show whether it is still there.
share-image-now = The image { $image } is in the repository.
share-image-gone = The image { $image } is no longer there.
# $name, $when
share-created-again = `{ $name }` was deleted, and created again at { $when }.
# $what, $now, $then
share-differs = { $what }: now { $now }, before { $then }.
# $name, $then, $now, $when
share-repository-changed = `{ $name }` had { $then } { $when }; now it has { $now }.
# $name, $now, $when
share-repository-stayed = `{ $name }` still has { $now }, as it had { $when }.
# $name, $now, $when
share-repository-as-many = `{ $name }` has { $now }, as many as { $when }.
# $name, $then, $when
share-repository-then = `{ $name }` had { $then } { $when }. This link does not show the present.
# $name, $now
share-repository-now = `{ $name }` has { $now }.
# $name, $then, $when
share-repository-went = `{ $name }` had { $then } { $when }. It is no longer there.
share-repository-gone = `{ $name }` is no longer there.
# $name, $then, $when
share-repository-had = `{ $name }` had { $then } { $when }.
share-ecr-lacks-repository = Amazon ECR says that the repository `{ $name }` no longer exists.
# $name, $then, $now, $when
share-counted-otherwise = `{ $name }` had { $then } { $when }, and has { $now } now. These numbers cannot be compared: in one of them or in both, platforms of an image count as images.
# $count, $names
share-images-left =
    { $count ->
        [one] 1 image was deleted: { $names }.
       *[other] { $count } images were deleted: { $names }.
    }
# $count, $names
share-images-came =
    { $count ->
        [one] 1 image is new: { $names }.
       *[other] { $count } images are new: { $names }.
    }
# $count, $names
share-images-again =
    { $count ->
        [one] 1 image was deleted and pushed again: { $names }.
       *[other] { $count } images were deleted and pushed again: { $names }.
    }
# $count, $names
share-images-apart =
    { $count ->
        [one] 1 untagged image that belonged to a deleted image is still there: { $names }.
       *[other] { $count } untagged images that belonged to a deleted image are still there: { $names }.
    }
share-tags-same =
    { $count ->
        [one] Its tag points at the same image.
       *[other] All { $count } tags point at the same images.
    }
share-no-tags = It had no tags, and has none now.
# $count, $parts
share-tags-differ =
    { $count ->
        [one] 1 tag differs: { $parts }.
       *[other] { $count } tags differ: { $parts }.
    }
# $tag, $then, $now
share-tag-part-moved = `{ $tag }` moved from { $then } to { $now }
share-tag-part-gone = `{ $tag }` was deleted
share-tag-part-new = `{ $tag }` is new
share-others-moved =
    { $count ->
        [one] 1 other tag moved
       *[other] { $count } other tags moved
    }
share-others-gone =
    { $count ->
        [one] 1 other tag was deleted
       *[other] { $count } other tags were deleted
    }
share-others-new =
    { $count ->
        [one] 1 other tag is new
       *[other] { $count } other tags are new
    }
share-others-differ =
    { $count ->
        [one] 1 more differs
       *[other] { $count } more differ
    }
share-part-comma = ;{" "}
share-and-more =
    { $count ->
        [one] 1 more
       *[other] { $count } more
    }
# $compared, $all, $others
share-tags-in-part = { $compared } of { $all } tags were compared. This link did not keep the other { $others }: Gantry cannot say whether they differ, or which tags are new.
# $compared, $all, $others
share-tags-in-part-same = { $compared } of { $all } tags were compared: none differs. This link did not keep the other { $others }: Gantry cannot say whether they differ, or which tags are new.
share-tags-not-kept = Tags are not compared: an older version of Gantry created this link and did not keep them.
share-tags-not-read = Tags are not compared: Gantry has not read those of now yet.
share-unsure = Gantry cannot read what is in `{ $name }` now.
share-differences = What differs
share-difference = What
share-version = Version
share-findings = Findings
share-of-its-indexes = Signatures, SBOMs and attestations of its indexes
# $index, $names
share-index-has = { $index }: { $names }
share-tag-absent = no such tag
share-more-differ = { $count } more tags differ; they are left out for lack of space.
share-open = Open in Gantry
share-open-about = For people who can sign in and may see it.
share-seen-at = Read from Amazon ECR at { $when }.
share-created-at = Link created at { $when }.
share-pushed = It was pushed { $when }.
share-image-pushed = The image was pushed { $when }.
share-artifact-pushed = The artifact was pushed { $when }.
share-when-created = when this link was created
share-when-seen = when Gantry saw it at { $at }
share-not-read-anew = Gantry could not read Amazon ECR again when this link was created.

share-then = When this link was created
share-then-seen = As Gantry saw it at { $at }
share-now = Now
share-and-now = { $then }, and now
share-image-not-there = The image is no longer there: it was deleted after this link was created.
share-repository-not-there = The repository is no longer there.
share-reference = Reference
share-digest = Digest
share-tags = Tags that point at it
share-other-tags = Other tags that point at it
share-no-other-tags = none
share-images-now = Images now
share-no-images = No images.
share-images-then = Images { $when }
# $shown, $all
share-images-in-part = { $shown } of { $all } images. This link did not keep the others.
share-printed = Printed: the first { NUMBER($count) } images at most. The page itself has the others.
share-environment-hidden = Values of environment variables are hidden, also where settings, labels and annotations repeat them: those of 8 characters or more anywhere, those of 4 to 7 as separate words, shorter ones not. The labels that name version, title, commit and source show a value if the name of its variable says the same. Of each build step only the first word is shown.
share-accounts-hidden = Account IDs are hidden: `{ $stand-in }` replaces each, and any other number of 12 digits in what was pushed.
share-not-shown = What is not shown
share-cut = Left out for lack of space: { $parts }.
# $count, $part
share-more = { $count } { $part }
share-comma = ,{" "}
share-in-brackets = ({ $text })
share-pulled-now = Last pulled (as of now)
share-part-images = images
share-part-tags = tags
share-part-sightings = earlier sightings
share-part-platforms = platforms
share-part-indexes = indexes
share-part-resource-tags = resource tags
share-part-layers = layers and their addresses
share-part-annotations = annotations
share-part-settings = words of entrypoint, command, health check, ports and volumes
share-part-environment = environment variables
share-part-labels = labels
share-part-history = build steps
share-part-referrers = signatures, SBOMs and attestations
share-part-findings = findings
share-ends-here = This link shows this page and nothing else.
share-read-at = Read from Amazon ECR at { $when }. Reload the page for a newer state.
share-request = request { $id }

share-gone-title = There is no such link
share-gone = It never existed, it has expired or was revoked, the repository was deleted, or the team that it was created for may no longer see this. Gantry does not say which.
share-gone-next = Check that the whole address was copied, or ask the person who gave you the link for a new one.
share-undecided-title = Not now
share-undecided = Gantry cannot check right now whether this link may be shown, so it does not show it.
share-undecided-next = Nothing was changed, and the link may still be good. Try again in a minute.
share-unreadable-title = This link cannot be shown
share-newer = A newer version of Gantry created this link, and this version cannot read it.
share-newer-next = Nothing was changed. Gantry may be updating: try again in a few minutes, or ask your Gantry administrator.
share-unreadable = Gantry cannot read what it saved for this link.
share-unreadable-next = Nothing was changed. Create a new link, or ask your Gantry administrator with the request ID below.

## shell: Texts of the frame of every page.

shell-product = Gantry
shell-title = { $page } · Gantry
shell-skip = Skip to content
shell-main-navigation = Main
shell-trail = Breadcrumb
shell-repositories = Repositories
shell-access = My access
shell-audit = Audit log
shell-links = Share links
shell-people = People
shell-sessions = Your sessions
shell-search = Search
shell-no-teams = no team
shell-administrator = administrator
shell-account-menu = Account and preferences
shell-teams = Teams
shell-theme = Theme
shell-theme-system = System
shell-theme-light = Light
shell-theme-dark = Dark
shell-language = Language
shell-sign-out = Sign out
shell-sign-out-everywhere = Sign out everywhere
shell-sign-in = Sign in
shell-version = Gantry { $number }
shell-request = request { $id }

## sign-in: Texts of the sign-in page.

sign-in-title = Sign in
sign-in-lead = See the container images that your teams may see, and nothing else.
sign-in-choose = Choose who to be. This demo has no passwords.
sign-in-sign-in-as = Sign in as { $name }
sign-in-sign-in-with = Sign in with { $provider }
sign-in-at-the-provider = You sign in there, and come back to the page you asked for.
sign-in-not-by-load-balancer = This request did not come with a sign-in
sign-in-not-by-load-balancer-next = Gantry expects its load balancer to sign you in. Open Gantry by its usual address. If you did, tell your Gantry administrator: the rule that authenticates may be missing, or differ from Gantry's configuration.
sign-in-nobody-signed-in = You are not signed in. Nothing was changed.
sign-in-ended = Your session has ended
sign-in-ended-next = Sign in again. You come back to the page that you were on.
sign-in-denied = The sign-in was refused
sign-in-denied-next = You, or the sign-in's provider, said no. Try again, or ask for access to Gantry there.
sign-in-expired = The sign-in took too long
sign-in-expired-next = Sign in again, and finish within ten minutes.
sign-in-state = This answer belongs to no sign-in that was begun here
sign-in-state-next = It was used before, or begun in another browser. Sign in again.
sign-in-token = The provider's answer cannot be trusted
sign-in-token-next = Try again. If it happens again, tell your Gantry administrator: the log says what is wrong with it.
sign-in-provider = The sign-in's provider does not answer as it should
sign-in-provider-next = Try again in a moment. People who are already signed in are not affected.
sign-in-limited = There are too many sign-ins at the moment
sign-in-limited-next = Wait a minute, then try again.
sign-in-signed-out = Signed out of Gantry
sign-in-signed-out-next = Sign out of the provider too

## tag: Texts of a tag's page.

tag-title = Tag
tag-reference = image reference
tag-settings-as-of = Settings of the repository as of { $when }.
tag-points-at = Points at
tag-siblings = Other tags that point at it
tag-no-siblings = none
tag-advice-floating = This tag can move to another image at any time, so two nodes can run different things under it. Deploy by the digest.
tag-advice-unknown = This tag can move to another image. Deploy by the digest.
tag-advice-or = Or by an immutable tag of the same image:
tag-advice-locked = A push cannot move this tag, but a person who may delete images can delete it and push it again. The digest never changes: deploy by it to be sure.
tag-advice-unique = This tag looks unique, but it can still move. Deploy by the digest, or make the repository's tags immutable.
tag-history = Where it has pointed
tag-history-note = Amazon ECR keeps no history. This is what Gantry has seen. Moves away and back between two readings, and all before the history begins, are not known.
# $image, $after, $before
tag-created-between = Created on { $image } between { $after } and { $before }.
# $image, $when
tag-created-at = Created on { $image } at { $when }.
# $image, $after, $before
tag-created-again-between = Created again on { $image } between { $after } and { $before }.
# $image, $when
tag-created-again-at = Created again on { $image } at { $when }.
# $old, $new, $after, $before
tag-moved-between = Moved from { $old } to { $new } between { $after } and { $before }.
# $old, $new, $when
tag-moved-at = Moved from { $old } to { $new } at { $when }.
# $old, $new, $before
tag-moved-before = Moved from { $old } to { $new } before { $before }.
# $image, $after, $before
tag-deleted-between = Deleted while it pointed at { $image }, between { $after } and { $before }.
# $image, $when
tag-deleted-at = Deleted while it pointed at { $image }, at { $when }.
# $image, $when
tag-first-pointed = Pointed at { $image } at { $when }, when the history begins. What it pointed at before is not known.
# $from, $until
tag-gap = Gantry did not look from { $from } to { $until }. A move there and back in this time is not known.
tag-more-gaps =
    { $count ->
        [one] There is 1 earlier time without a look.
       *[other] There are { $count } earlier times without a look.
    }
tag-now = now
tag-before = before the history begins
tag-not-there = not there
tag-first-seen = Gantry first saw it
tag-seen-since = seen since { $at }
tag-first-look = history begins
tag-timeline =
    { $count ->
        [one] Time line: one image since the history begins
       *[other] Time line: { $count } images since the history begins
    }
tag-full-history = Full history, and where it pointed at a time
tag-space = {" "}
tag-more-sightings =
    { $count ->
        [one] 1 earlier image is left out
       *[other] { $count } earlier images are left out
    }
tag-is-gone = It was deleted.
tag-returns =
    { $count ->
        [one] It was deleted and pushed again once.
       *[other] It was deleted and pushed again { $count } times.
    }
tag-no-move = It was not seen to move.
tag-moves =
    { $count ->
        [one] It was seen to move once.
       *[other] It was seen to move { $count } times.
    }
