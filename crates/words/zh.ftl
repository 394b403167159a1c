### Texts of Gantry in Simplified Chinese: see en.ftl. Write Chinese product text; do not translate word by word.

## access: Texts of "My access".

access-title = 我的权限
access-about = 您的每个主体在各仓库中可以做什么。
access-principals = 您的主体
access-search = 搜索我的权限
access-search-hint = 按仓库名搜索
access-apply = 搜索
access-clear = 清除
access-all = { $total } 个仓库
access-some = { $total } 个仓库中的 { $matching } 个
access-incomplete = 仍在从 Amazon ECR 读取
access-no-match = 没有匹配的仓库
access-no-match-next = 只搜索向您授予了权限的仓库。请减少或更换关键词。
access-caption = 您的主体在各仓库中获得的权限
access-repository = 仓库
access-not-shown = Gantry 不显示此仓库的内容：查看需要 ecr:DescribeImages 或 ecr:ListImages。
access-principal = 以此身份

## answers: Short answers in plain text, where there is no page.

answers-store = Gantry 的存储没有响应。没有任何内容被更改。请一分钟后重试。
answers-store-sessions = Gantry 的存储没有响应。没有结束任何会话。请一分钟后重试。
answers-store-links = Gantry 的存储没有响应。部分或全部链接可能仍然有效。请查看链接列表，并在一分钟后重试。
answers-names-no-session = 此表单未指明会话。没有结束任何会话。请返回，刷新页面后重试。
answers-names-nothing-to-share = 此表单未指明要分享的内容。未创建链接。请返回，刷新页面后重试。
answers-names-no-links = 此表单未指明链接。没有撤销任何链接。请返回，刷新页面后重试。
answers-names-no-repository = 此表单未指明仓库。没有任何内容被更改。请返回，刷新页面后重试。
answers-no-such-person = 此演示中没有该身份。您尚未登录。请返回并重新选择。
answers-unknown-site = 此请求未表明来自哪个网站。没有任何内容被更改。请在 Gantry 中打开页面后重试。
answers-other-site = 此请求不是由 Gantry 的页面发出的。没有读取或更改任何内容。请在 Gantry 中打开页面后重试。
answers-other-host = 演示只响应 localhost 和它所监听的地址。没有任何内容被更改。请改为打开 { $url }。
answers-failed = Gantry 出现错误。Gantry 管理员可在日志中查到是否有内容被更改：请提供此响应 x-request-id 标头中的请求编号。

## artifact: Names of artifacts.

artifact-helm-chart = Helm Chart
artifact-cosign-signature = cosign 签名
artifact-sigstore-bundle = Sigstore Bundle
artifact-notation-signature = Notation 签名
artifact-signature = 签名
artifact-spdx-sbom = SPDX SBOM
artifact-cyclonedx-sbom = CycloneDX SBOM
artifact-sbom = SBOM
artifact-in-toto-attestation = in-toto 证明
artifact-attestation = 证明
artifact-wasm = WebAssembly 模块
artifact-opa-policy = OPA 策略
artifact-singularity = Singularity 镜像
artifact-artifact = 制品
artifact-referrers = 引用者列表
artifact-by-tag = { $what }（根据标签判断）

## audit: Texts of the audit log.

audit-title = 审计日志
audit-about = 谁在何时做了什么，由哪条语句决定。每一行的哈希都包含上一行的哈希：运行“gantry audit verify”可以查出事后的改动。
audit-filter = 搜索审计日志
audit-filter-hint = 人员、团队、仓库、标签或请求编号
audit-event = 事件
audit-any-event = 全部事件
audit-outcome = 结果
audit-any-outcome = 全部结果
audit-since = 从
audit-until = 到
audit-apply = 搜索
audit-clear = 清除
audit-caption = 审计日志，最新的在前
audit-shown = { $count } 行
audit-shown-of-more = 本页 { $count } 行，之后还有更早的
audit-shown-of-newer = 本页 { $count } 行
audit-newest-first = 最新的在前，日期为 UTC
audit-number = 行号
audit-when = 时间
audit-what = 事件
audit-who = 人员
audit-on = 对象
audit-more = 详情
audit-nobody = 无人登录
audit-by-itself = 由 Gantry 发现
audit-statement = 语句
audit-trace = 请求和哈希
audit-request = 请求
audit-hash = 哈希
audit-policy-change = Gantry 读取到的策略与之前不同。日志只保留两份文本的 SHA-256，不保留策略本身。
audit-link = 链接
audit-maker = 创建者
audit-tag = 标签
audit-digest = 摘要
audit-moment = 显示内容
audit-shows = 另外显示
audit-expires = 到期时间
audit-note = 备注
audit-whose-sessions = 会话所属
audit-sessions = 会话数
audit-command = 命令
audit-policy-before = 之前
audit-policy-after = 之后
audit-image-before = 之前的镜像
audit-image-after = 之后的镜像
audit-more-tags = 另外移动的标签数
audit-last-read = 上次读取
audit-problem = 问题
audit-cut-through = 截断的最后一行
audit-cut-hash = 该行的哈希
audit-environment = 环境变量
audit-accounts = 账户 ID
audit-no-policy = 无策略
audit-unreadable = 无法读取
audit-unreadable-next = 以下列中的内容并非由 Gantry 写入：{ $columns }。此行的其余内容照常显示。请运行“gantry audit verify”。
audit-newest = 最新的行
audit-older = 更早的行
audit-pages = 审计日志分页
audit-export = 导出筛选结果：
audit-csv = CSV
audit-json-lines = JSON Lines
audit-nothing = 还没有记录
audit-nothing-next = 从现在起会记录登录、写操作和链接，以及 Gantry 发现的策略和标签变化。
audit-no-match = 没有匹配的行
audit-no-match-next = 请减少或更换关键词，或更换日期。
audit-cut = 日志从第 { NUMBER($number, useGrouping: 0) } 行之后开始：此前的行超过了 [audit] keep 的保留期，已被截去。一条 audit-cut 记录保存了最后一行的哈希，因此其余部分仍可验证。
audit-sign-in = 登录
audit-sign-out = 退出登录
audit-sessions-ended = 结束会话
audit-link-made = 创建链接
audit-link-viewed = 查看链接
audit-link-revoked = 撤销链接
audit-write = 写操作
audit-policy-changed = 策略变化
audit-tag-moved = 标签移动
audit-tags-unwatched = 停止监视标签
audit-audit-cut = 截去旧记录
audit-begun = 已开始
audit-done = 已完成
audit-refused = 已拒绝
audit-failed = 失败

## common: Texts that many pages share.

common-copy = 复制
common-copied = 已复制
common-copy-failed = 复制失败，请手动选中并复制
common-unknown = 未知
common-just-now = 刚刚
common-minutes-ago = { $count } 分钟前
common-hours-ago = { $count } 小时前
common-days-ago = { $count } 天前
common-months-ago = { NUMBER($count) } 个月前
common-years-ago = { NUMBER($count) } 年前
common-in-minutes = { $count } 分钟后
common-in-hours = { $count } 小时后
common-in-days = { NUMBER($count) } 天后
common-in-the-future = 在将来
common-bytes = { $count } 字节
common-waiting-for-ecr = 正在首次从 Amazon ECR 读取…
common-stop = 。
common-colon = ：
common-list-comma = 、
common-ignored-filters = Gantry 无法识别并忽略了地址中的这些筛选条件：{ $filters }
common-in-brackets = （{ $words }）
common-as-of = 数据时间：
common-sorted-ascending = 已按升序排列
common-sorted-descending = 已按降序排列
common-previous-page = 上一页
common-next-page = 下一页
common-page-of = 第 { NUMBER($number) } 页，共 { NUMBER($pages) } 页
common-pages = 分页
common-withheld = 未授予 { $action } 权限
common-withheld-on = 您所在团队的角色都没有 { $repository } 的 { $action } 权限。
common-withheld-by = 由仓库策略的语句 { $statement } 决定。
common-withheld-from-link = 未显示：仓库策略没有把它授予此链接所属的团队。
common-withheld-hint = 仓库策略没有把它授予您所在团队的任何角色。
common-granted-through = 经团队 { $team }，以 { $principal } 身份
common-granted-by-review = 以管理员审查身份

## errors: Texts of error pages and alerts.

errors-not-found-title = 未找到
errors-not-found = 这里没有您可以查看的内容。
errors-not-found-why = 它可能不存在，也可能是 Gantry 最近读取到的仓库策略没有向您的团队开放。为了不泄露名称，Gantry 不区分这两种情况。
errors-not-found-next = 请检查拼写，或请仓库的所有者把 ecr:DescribeImages 授予您团队的角色。新建的仓库或新授予的权限会在一分钟内生效；Amazon ECR 响应缓慢或出错时会更晚。
errors-not-found-why-page = 此页面可能不存在，也可能不对您开放。
errors-not-found-next-page = 请检查地址。
errors-not-found-next-review = 请检查拼写。新建的仓库会在一分钟内出现。
errors-not-found-why-no-team = 它可能不存在，也可能您无权查看。为了不泄露名称，Gantry 不区分这两种情况。
errors-not-found-next-no-team = 请检查拼写。您尚未加入任何团队：如需查看更多内容，请向 Gantry 管理员询问应加入哪个组。新建的仓库会在一分钟内出现。
errors-no-such-tag-title = 没有此标签
errors-not-a-tag = “{ $text }”不是标签。
errors-not-a-tag-why = 标签最多 128 个字符，由字母、数字、“_”、“.”和“-”组成，并以字母、数字或“_”开头。
errors-not-a-digest = “{ $text }”不是摘要。
errors-not-a-digest-why = 摘要由“sha256:”和 64 位十六进制数字组成，只写前 4 位或更多也可以。
errors-no-such-tag = Gantry 于 { $when } 读取时，{ $name } 中没有标签 { $tag }。
errors-no-such-image-title = 没有此镜像
errors-no-such-image = Gantry 于 { $when } 读取时，{ $name } 中没有镜像 { $digest }。
errors-several-images-title = 有多个镜像
errors-several-images = Gantry 于 { $when } 读取时，{ $name } 中有多个镜像的摘要以 { $digest } 开头。
errors-no-such-next = 请检查拼写。它可能已被删除。如果刚刚推送，请几秒后刷新本页。
errors-gone-tag = Gantry 最后一次看到它是在 { $seen }，当时指向镜像 { $digest }。Gantry 于 { $since } 查看时它已不存在。
errors-gone-tag-next = 如镜像仍在，可打开它曾指向的镜像，或联系仓库的所有者。
errors-open-gone-image = 它曾指向的镜像
errors-nearest-tags = 您要找的是不是：
errors-nearest-images = 摘要开头相近的镜像：
errors-back-to-repository = 此仓库的全部标签
errors-still-reading-title = Gantry 正在读取镜像仓库
errors-still-reading = Gantry 刚刚启动，尚未确定您可以查看的内容。
errors-still-reading-next = 请几秒后重试。
errors-undecided-title = 暂时无法检查访问权限
errors-undecided = Gantry 无法重新读取此仓库的策略，因此不显示其任何内容。
errors-undecided-next = 请一分钟后重试。若持续出现，请把下面的请求编号告诉 Gantry 管理员。
errors-withheld-title = 没有权限
errors-withheld-review = 您尚未加入任何团队。作为管理员，您只能查看仓库的名称和策略。
errors-withheld-review-next = 谁可以查看其余内容，请参见仓库策略。
errors-open-policy = 仓库策略
errors-withheld = 您所在团队的角色都没有此仓库的 { $action } 权限。
errors-withheld-next = 请仓库的所有者在仓库策略中授予该权限。“我的权限”页列出了您已获得的权限。
errors-nothing-changed = 没有任何内容被更改。
errors-signed-out-title = 已退出登录
errors-signed-out = 您的会话已结束。
errors-signed-out-next = 请重新登录，之后会回到此页面。
errors-bad-request-title = 无法理解的请求
errors-bad-request = 该请求不是由本页面发出的。
errors-bad-request-next = 请返回，刷新页面后重试。
errors-too-many-title = 请求过于频繁
errors-too-many = 您在一分钟内发送的请求超过了 Gantry 对单个用户的限制。
errors-too-many-writes = 您在一分钟内提交的更改超过了 Gantry 对单个用户的限制。本次更改未执行。
errors-too-many-anonymous = 您的网络地址在一分钟内发送的未登录请求超过了 Gantry 的限制。
errors-too-many-sign-ins = 来自您的网络地址的登录次数过多。您尚未登录。
errors-too-many-person-sign-ins = 您在一分钟内的登录次数超过了 Gantry 对单个用户的限制。您尚未登录。
errors-too-many-link-misses = 您的网络地址打开了过多不存在的分享链接。有效的链接仍可打开。
errors-too-many-link-requests = 您的网络地址在一分钟内打开分享链接的次数超过了 Gantry 的限制。
errors-too-many-link-views = 您的网络地址在一分钟内打开此分享链接的次数超过了 Gantry 的限制。其他分享链接仍可打开。
errors-too-many-at-once = 您同时打开的请求过多，Gantry 仍在发送其他请求的响应。
errors-too-many-anonymous-at-once = 您的网络地址同时打开的请求过多，Gantry 仍在发送其他请求的响应。
errors-too-many-next = 请等待 { $seconds } 秒后重试。
errors-store-title = Gantry 的存储没有响应
errors-store = Gantry 无法读取它保存的会话、链接和审计日志。
errors-store-next = 请一分钟后重试。若持续出现，请把下面的请求编号告诉 Gantry 的运维人员。
errors-internal-title = Gantry 内部错误
errors-internal = Gantry 无法生成此页面。
errors-internal-next = 请重试。若仍然出现，请把下面的请求编号告诉 Gantry 的运维人员。
errors-unreachable-title = 无法连接 Gantry
errors-unreachable = 浏览器无法连接到 Gantry。
errors-unreachable-next = 请检查网络连接后重试。
errors-problem-title = Amazon ECR 未能正常响应
errors-throttled = Amazon ECR 限制了请求速率，多次重试后仍未恢复。
errors-throttled-next = 请等一分钟后重新加载页面。
errors-host-denied = Gantry 所用的角色没有执行此调用的权限。
errors-host-denied-next = 请 Gantry 的运维人员为其角色补上缺少的权限，日志中有具体的操作名。
errors-credentials = Gantry 自身的 AWS 凭证缺失、过期或被拒绝。
errors-credentials-next = 请 Gantry 的运维人员更新凭证。您的登录没有问题。
errors-ecr-unreachable = Amazon ECR 未在限定时间内响应。
errors-ecr-unreachable-next = 请稍后重新加载页面。若持续出现，请检查 AWS 服务状态和 Gantry 主机的网络。
errors-failing = Amazon ECR 返回了服务端错误。
errors-failing-next = 请稍后重新加载页面。若持续出现，请检查 AWS 服务状态。
errors-gone = 它刚才还在，现在已经不存在了。
errors-gone-next = 请返回仓库页并刷新。
errors-malformed = 推送的内容无法显示：格式无效、过大、嵌套过深，或与摘要不符。
errors-malformed-next = 请推送者重新构建并推送。
errors-unexpected = Amazon ECR 返回了 Gantry 不认识的响应。
errors-unexpected-next = 请把下面的请求编号告诉 Gantry 的运维人员。
errors-request-id = 请求编号
errors-back-to-repositories = 全部仓库
errors-try-again = 重试
errors-my-access = 我的权限
errors-sign-in = 登录

## explain: Texts of an explanation.

explain-title = 原因
explain-lead = 选择一个主体和一个操作：每条语句会说明它与结果的关系。
explain-principal = 主体
explain-action = 操作
explain-ask = 解释
explain-statements = 各语句的判断
explain-no-policy = 策略过旧或无法理解，因此不授予任何权限。
explain-unknown = 没有可供查询的此类主体或操作。
explain-elsewhere-unsure = 未授予：是否允许取决于 Gantry 不掌握的信息。
explain-elsewhere-not-allowed = 未允许。
explain-elsewhere-allowed = 已允许。
explain-elsewhere-denied = 已拒绝。
explain-elsewhere-registry = 由注册表策略中的语句决定。Gantry 不在此处显示该策略；拥有 ecr:GetRegistryPolicy 权限的角色可在 AWS 中查看。
explain-repository-alone = 此结果仅依据仓库策略。注册表策略可能还会拒绝；您无权查看其中涉及其他团队主体的内容。
explain-elsewhere-identity = 由主体的身份策略中的语句决定。Gantry 不在此处显示这些策略；Gantry 管理员可以查看。

explain-allowed-by = 由{ $statement } 允许。
explain-allowed-by-account = 已允许：{ $statement } 对整个账户开放此操作，且 Gantry 的配置声明该账户允许此主体。Gantry 不会在 AWS 中核实这一点。
explain-allowed-by-nature = 已允许：账户的根用户可以执行未被拒绝的一切操作。
explain-denied-by = 由{ $statement } 拒绝。
explain-maybe-denied-by = 可能由{ $statement } 拒绝。{ $depends }因此视为未授予。
explain-maybe-allowed-by = 可能由{ $statement } 允许。{ $depends }因此视为未授予。
explain-depends-on = 这取决于{ $what }，而 Gantry 未获知。
explain-depends-on-more = 这取决于{ $what }以及另外 { NUMBER($count) } 个条件，而 Gantry 未获知。
explain-depends = 这取决于 Gantry 不掌握的信息。
explain-delegated-by = 未允许：{ $statement } 把决定权交给主体自己的账户，而该账户的身份策略是否允许并不可知。
explain-not-allowed = 未允许：没有语句允许。

explain-statement = { $policy }第 { NUMBER($line, useGrouping: 0) } 行的语句 { $label }
explain-of-repository = 仓库策略
explain-of-registry = 注册表策略
explain-of-identity = 第 { NUMBER($number, useGrouping: 0) } 份身份策略

explain-applies-allow = 它允许此操作。
explain-applies-deny = 它拒绝此操作。
explain-applies-account = 它对主体所在的整个账户开放此操作。
explain-other-principal = 它不涉及此主体。
explain-maybe-principal = 它是否涉及此主体取决于会话，或角色或用户的路径，而这些信息未知。
explain-other-action = 它不涉及此操作。
explain-other-resource = 它不涉及此仓库。
explain-maybe-resource = 它是否涉及此仓库取决于 Gantry 不掌握的信息。
explain-fails = 条件 { $condition } 不成立：{ $seen }。
explain-fails-hidden = 条件 { $condition } 不成立。仓库的标签不向您显示。
explain-spares = 它对 { $values } 作了例外，此主体在其中。
explain-holds = 条件 { $condition } 成立：{ $seen }。
explain-holds-hidden = 条件 { $condition } 成立。仓库的标签不向您显示。
explain-open = 条件 { $condition } 是否成立未知：{ $seen }。
explain-open-hidden = 条件 { $condition } 是否成立未知。仓库的标签不向您显示。
explain-seen = 请求中的值为 { $values }
explain-seen-nothing = 请求中没有此键
explain-seen-unknown = 请求中的值未知

## grants: Texts for what policies grant.

grants-see = 查看
grants-pull = 拉取
grants-push = 推送
grants-findings = 漏洞
grants-policy = 策略
grants-lifecycle = 生命周期
grants-delete = 删除
grants-administer = 管理

grants-may-see = 查看仓库及其镜像
grants-may-pull = 拉取镜像
grants-may-push = 推送镜像
grants-may-move-tags = 移动标签
grants-may-administer = 管理仓库
grants-describe-repositories = 查看仓库
grants-describe-images = 查看镜像
grants-list-images = 列出标签和摘要
grants-batch-get-image = 读取清单
grants-get-download-url-for-layer = 下载镜像层
grants-batch-check-layer-availability = 检查镜像层是否存在
grants-describe-image-scan-findings = 查看漏洞
grants-get-repository-policy = 查看仓库策略
grants-get-lifecycle-policy = 查看生命周期策略
grants-get-lifecycle-policy-preview = 查看生命周期预览
grants-list-tags-for-resource = 查看仓库的资源标签
grants-start-lifecycle-policy-preview = 发起生命周期预览
grants-start-image-scan = 发起扫描
grants-put-image = 推送清单
grants-initiate-layer-upload = 开始上传镜像层
grants-upload-layer-part = 上传镜像层分片
grants-complete-layer-upload = 完成镜像层上传
grants-batch-delete-image = 删除镜像
grants-put-image-tag-mutability = 更改标签可变性
grants-put-lifecycle-policy = 设置生命周期策略
grants-set-repository-policy = 设置仓库策略
grants-delete-repository-policy = 删除仓库策略
grants-delete-repository = 删除仓库

grants-granted = 已授予
grants-conditional = 有条件
grants-delegated = 委托账户
grants-not-granted = 未授予
grants-denied = 已拒绝
grants-may-be-denied = 可能被拒绝
grants-partly = { NUMBER($of) } 项中的 { NUMBER($granted) } 项
grants-granted-means = 有语句允许，且没有语句拒绝。如果该语句是对整个账户开放，则由 Gantry 的配置声明该账户允许此角色。
grants-conditional-means = 仅在某个条件下允许，而 Gantry 无法核实该条件，因此不视为已授予。
grants-delegated-means = 只写了整个账户，由该账户的 IAM 决定，Gantry 看不到，因此不视为已授予。
grants-not-granted-means = 没有语句允许。
grants-denied-means = 有语句拒绝。拒绝始终优先。
grants-may-be-denied-means = 有语句在某个条件下拒绝，而 Gantry 无法核实该条件，因此视为已拒绝。
grants-partly-means = 本列的操作只授予了一部分：“2 项中的 1 项”表示两项中授予了一项。
grants-legend = 各列与符号的含义
grants-every-action = 全部操作
grants-by-statement = 依据 { $statement }
grants-wording = 依据仓库策略、注册表策略中的拒绝语句，以及 Gantry 配置中关于各团队 IAM 角色的声明判定。角色的其他策略在此不可见。
grants-team = 团队与主体

## history: Texts of a tag's history page.

history-title = 标签历史
history-deleted = 此标签现在不存在。
history-tag-page = 标签页面
history-lane = 指向何处
history-span = 显示的时间
history-day = 24 小时
history-week = 7 天
history-month = 30 天
history-all = 全部
history-lane-part = { $image }：{ $from } 至 { $until } 观察到
history-lane-gap = { $from } 至 { $until } 期间，Gantry 未查看
history-at = 在某一时间
history-at-label = 日期和时间（UTC）
history-at-show = 显示
history-at-clear = 清除
history-at-invalid = 这不是带时间的日期。请按 { $example } 的格式填写，使用 UTC。
history-at-future = { $at } 在未来。
history-at-not-stored = Gantry 尚未保存此仓库的读取结果。请几分钟后重试。
history-at-too-early = 标签在 { $at } 的指向未知：历史始于 { $since }。
history-at-pointed = 在 { $at }，该标签指向 { $image }。
history-at-absent = 在 { $at }，该标签不存在。
history-at-changing = 在 { $at }，该标签指向 { $old } 或 { $new }。它在 { $after } 与 { $before } 之间移动。
history-at-several = 在 { $at }，该标签正在变动：它在 { $after } 与 { $before } 之间变化了 { NUMBER($count) } 次。镜像见下表。
history-at-creating = 在 { $at }，该标签指向 { $new }，或尚不存在。它在 { $after } 与 { $before } 之间创建。
history-at-deleting = 在 { $at }，该标签指向 { $old }，或已不存在。它在 { $after } 与 { $before } 之间被删除。
history-certainty = 确定程度
history-certain = Gantry 在此时间前后都观察到这一状态。相隔数分钟的两次读取之间移走又移回的情况无法得知。
history-doubt-gap = 不确定：{ $from } 至 { $until } 期间 Gantry 未查看。其间移走又移回的情况无法得知。
history-doubt-unread = 不确定：Gantry 最后一次查看是在 { $read }。
history-doubt-changing = 不确定：它在两次读取之间发生变化，Gantry 未看到确切时间。
history-since = 自
history-until = 至
history-between = { $after } 与 { $before } 之间
history-since-first = { $since } 或更早：历史从那时开始
history-until-now = 现在（就 Gantry 所知）
history-image = 镜像
history-image-gone = 已不在仓库中
history-reference = 引用
history-changes = 变化
history-between-head = 时间
history-before-head = 之前
history-after-head = 之后
history-known-head = Gantry 如何得知
history-absent = 不存在
history-two-readings = 两次读取的比较
history-no-changes = Gantry 未看到变化。
history-older = 更早的变化
history-newest = 最新的变化
history-note = Amazon ECR 不保存历史。Gantry 每隔几分钟读取一次每个仓库，并记录变化。两次读取之间移走又移回的情况看不到。

## image: Texts of an image's page.

image-title = 镜像
image-title-of-artifact = 制品
image-on-this-page = 本页内容
image-overview = 概览
image-digest = 摘要
image-kind = 类型
image-single-image = 单平台镜像
image-index-of = 含 { $count } 个平台的索引
image-index = 索引
image-platforms-fact = 平台
image-platform = 平台
image-size = 压缩后大小
image-size-of-platforms = 压缩后大小（所有平台合计）
image-pushed = 推送时间
image-pulled = 最近拉取
image-pulled-hint = 精确到约一天；某些角色的拉取可能不被记录
image-never-pulled = 无记录
image-found = 漏洞
image-found-worst = 漏洞（最严重的平台）
image-tags = 标签
image-untagged = 没有标签指向此镜像。
image-more-tags = 另外 { NUMBER($count) } 个标签
image-archived-title = 已归档
image-archived = 恢复之前，拉取会返回“未找到”。
image-part-of = 隶属于
image-about = 引用的镜像
image-more-part-of = 另有 { $count } 个索引包含此镜像，未列出。
image-use-it = 拉取与部署
image-pull = 拉取
image-deploy = 部署（固定摘要）
image-facts-withheld = 大小、时间与漏洞

image-platforms = 平台
image-platforms-caption = 此索引包含的各平台镜像
image-image = 镜像
image-role = 用途
image-all-platforms = 全部平台
image-all-platforms-hint = 同一漏洞在每个受影响的平台各计一次。
image-no-platform = 无
image-image-role = 镜像
image-unknown-role = 未知：无平台
image-bytes = 大小

image-findings = 漏洞
image-findings-absent = Amazon ECR 没有此镜像的扫描结果。开启推送扫描后，会在推送镜像时扫描；也可以手动发起扫描。
image-findings-of-artifact = Amazon ECR 不扫描此类制品，只扫描容器镜像。
image-findings-of-platforms = Amazon ECR 扫描索引中的各平台镜像，而不是索引本身。请打开具体平台查看漏洞。
image-findings-of-empty-index = Amazon ECR 扫描索引中的镜像，而此索引中没有镜像。
image-no-findings-title = 未发现漏洞
image-no-findings = 扫描未发现已知漏洞。
image-scan-pending = 正在扫描，请一分钟后刷新。
image-scan-failed = Amazon ECR 无法扫描此镜像。
image-not-scanned = 此镜像未扫描。
image-scanned = 扫描时间：
image-findings-bar = 按严重程度统计的漏洞：{ $counts }
image-findings-caption = 漏洞，最严重的在前
image-finding = 漏洞
image-severity = 严重程度
image-package = 软件包
image-version = 版本
image-fixed-in = 修复版本
image-fix-unknown = Amazon ECR 未提供
image-about-it = 说明
image-each-finding = 逐项列出
image-more-findings = 另有 { $count } 个漏洞未列出。

image-layers = 镜像层
image-layers-summary = { $count } 层（{ $layers }）及配置（{ $config }），压缩后共 { $size }。
image-layers-claimed = 以上大小为清单所声称的值。Amazon ECR 报告的镜像大小为 { $size }。
image-layers-again = 有 { $count } 层重复列出，只存储一份，也只计一次。
image-layers-elsewhere = 有 { $count } 层（{ $size }）未存储在此仓库中，不计入总量。
image-layer-again = 与第 { NUMBER($number, useGrouping: 0) } 层相同，只存储一份
image-layer-elsewhere = 未存储在此仓库中
image-layers-bar = 各层大小，从底层开始
image-layers-caption = 镜像层，从底层开始
image-layer-title = 第 { NUMBER($number, useGrouping: 0) } 层：{ $size }
image-number = 序号
image-share = 占各层总量
image-made-by = 生成指令
image-layer-digest = 摘要
image-digest-of-layer = 第 { NUMBER($number, useGrouping: 0) } 层的摘要
image-unknown-step = 配置中未说明
image-foreign = 据清单所述，其内容存放在别处：

image-config = 配置
image-built = 构建时间（构建者声称）
image-author = 作者
image-entrypoint = 入口点
image-command = 命令
image-user = 用户
image-user-not-set = 未设置：root
image-built-not-set = 构建时未设置
image-working-directory = 工作目录
image-stop-signal = 停止信号
image-ports = 端口
image-volumes = 卷
image-health-check = 健康检查（Docker）
image-not-set = 未设置
image-environment = 环境变量
image-secret-title = 疑似机密
image-secret-shown = 显示值
image-secret-remark = 这里有些变量名像是机密。凡是能拉取此镜像的人都能读到：真实的机密请尽快轮换，并改为运行时传入。
image-labels = 标记（labels）
image-history = 构建历史
image-steps = { $count } 步
image-empty-layer = 无镜像层
image-cut = 有 { $count } 个值因过长、嵌套过深或过多而被截断或省略。
image-cut-annotations = 有 { $count } 个注解被截断或未显示。
image-more-entries = 另外 { NUMBER($count) } 项
image-empty-value = 空
image-no-value = 没有值：此项不含“=”
image-value-hidden = 已隐藏
image-long-value = 共 { NUMBER($count) } 个字符
image-long-value-shown = 显示 { NUMBER($count) } 个字符，其余已截断

image-referrers = 签名、SBOM 与证明
image-index-has = 其所属索引 { $index } 有：{ $what }。
image-index-has-none = 没有内容引用其所属索引 { $index }。
image-index-has-none-either = 也没有内容引用其所属索引 { $index }。
image-index-unknown = 无法读取引用其所属索引 { $index } 的内容，请稍后刷新。
image-not-verified = Gantry 仅列出这些内容，不做验证。
image-by-tag = 根据标签
image-referrers-absent-of-platform = 没有内容直接引用此平台的镜像。
image-referrers-absent-of-index = 没有内容直接引用此索引。
image-referrers-absent = 没有内容引用此镜像：没有签名、SBOM 或证明。
image-referrers-absent-of-artifact = 没有内容引用此制品：没有签名、SBOM 或证明。
image-referrers-absent-beside = 没有其他内容引用它：此索引中的证明已在上方列出。
image-more-referrers = 引用此镜像的内容过多或过大，Gantry 未全部读取。完整列表可用 aws ecr list-image-referrers 获取。
image-referrers-caption = 引用此镜像的内容
image-artifact-type = 类型
image-annotations = 注解

image-manifest = 清单
image-manifest-as-sent = 推送时的原文，逐字节一致
image-manifest-text = 文本
image-manifest-indented = 此处添加了换行和缩进。
image-manifest-copied = “复制”得到的是推送时的原文，逐字节一致。
image-unread = 以下成员不符合规范，无法读取：
image-manifest-escaped = 有 { $count } 个隐藏字符以 JSON 转义（例如 \u202e）显示，因此与推送时的原文并非逐字节一致。
image-manifest-absent = 镜像已归档。恢复后，Amazon ECR 才会返回其清单和配置。
image-media-type = 媒体类型
image-refers-to = 引用的镜像
image-manifest-cut = 仅显示 { $whole } 中的前 { $shown }。完整内容可用 aws ecr batch-get-image 获取。

## images: Texts about images and tags.

images-digest = 摘要
images-digest-of = 摘要 { $short }
images-floating = 浮动
images-unique = 唯一
images-immutable = 不可变
images-locked = 不可变标签：推送无法移动此标签。有权删除镜像的人可以将其删除并重新推送。摘要永远不变。
images-moved = 浮动标签：Gantry 曾观察到此标签移动。部署时请使用摘要。
images-looks-floating = 根据名称推测为浮动标签：随时可能移动。部署时请使用摘要。
images-looks-unique = 根据名称推测为唯一标签：仍可能移动。
images-unknown-kind = 从名称无法判断此标签是否会移动。部署时请使用摘要。
images-untagged = 无标签
images-critical = 严重
images-high = 高危
images-medium = 中危
images-low = 低危
images-informational = 提示
images-undefined = 未定级
images-critical-letter = 严
images-high-letter = 高
images-medium-letter = 中
images-low-letter = 低
images-informational-letter = 提
images-undefined-letter = 未
images-or-worse = { $severity }及以上
images-any-finding = 有漏洞
images-findings-of = { $severity } { NUMBER($count) } 个
images-no-findings = 未发现漏洞
images-not-scanned = 未扫描
images-never-scanned = ECR 不扫描
images-not-an-image = ECR 不扫描：不是镜像
images-never-scanned-why = Amazon ECR 只扫描容器镜像，不扫描 Chart、签名等其他制品。
images-scan-not-known = 扫描情况未知
images-unreadable-short = 您无权读取
images-unread-short = Gantry 未读取
images-scan-pending = 扫描中
images-scan-failed = 扫描失败
images-not-scanned-why = Amazon ECR 的镜像列表中没有此镜像的扫描。使用 AWS 原生基本扫描时列表不提供扫描结果，请打开镜像页面查看。
images-several-not-scanned-why = Amazon ECR 的镜像列表中没有 { $count } 个镜像的扫描。使用 AWS 原生基本扫描时列表不提供扫描结果，请打开镜像页面查看。
images-scans-failed = { $count } 个扫描失败
images-scans-pending = { $count } 个扫描中
images-scanned-of = 已扫描 { $count }/{ $total }
images-platforms-scanned-of = 已扫描 { $count }/{ $total } 个平台
images-comma = ，
images-no-tagged-images = 没有带标签的镜像
images-no-images = 无镜像
images-unreadable = 在您无权读取的平台镜像上
images-unreadable-from-link = 未显示：Gantry 无权读取该索引包含哪些镜像
images-number-of = { $count } 个{ $what }
images-unreadable-why = Amazon ECR 扫描索引中的各平台镜像，而不是索引本身。查看有哪些平台镜像需要 ecr:BatchGetImage 权限，该权限未授予。
images-unread = 在 Gantry 未读取的平台镜像上
images-unread-why = Amazon ECR 扫描索引中的各平台镜像，而不是索引本身。Gantry 没有读取列出这些镜像的清单。
images-index = 索引
images-image = 镜像
images-artifact = 制品
images-archived = 已归档
images-archived-why = 已归档：恢复之前，拉取会返回“未找到”。
images-more-tags = 另有 { NUMBER($count) } 个

## keyboard: What each key does.

keyboard-title = 键盘快捷键
keyboard-palette = 转到任意位置：仓库、标签、摘要、页面（Mac 上为 ⌘ K）
keyboard-filter = 筛选列表
keyboard-next-row = 下一行
keyboard-previous-row = 上一行
keyboard-open = 打开所在行
keyboard-copy = 复制所在行或当前页的镜像引用
keyboard-range = 按住并单击可选中连续多行
keyboard-help = 显示本帮助
keyboard-close = 关闭
keyboard-tags-title = 标签
keyboard-tags = 浮动标签会在镜像之间移动。唯一标签本应始终指向同一个镜像。不可变标签由仓库强制固定，推送无法移动它。AWS 和 Azure 也把浮动标签称为“稳定标签”（stable）。
keyboard-close-button = 关闭

## lifecycle: Texts of a lifecycle policy's page.

lifecycle-title = 生命周期策略
lifecycle-repository-policy = 仓库策略
lifecycle-rules = 规则的白话解读
lifecycle-rules-note = 优先级数字越小越先生效；每个镜像最多只受一条规则影响。除非注明“已归档”，规则只针对未归档的镜像。从归档恢复的镜像从恢复时起算。
lifecycle-priority = 优先级 { NUMBER($priority, useGrouping: 0) }
lifecycle-any-images =
    { $archived ->
        [true] 所有已归档的镜像
       *[false] 所有镜像
    }
lifecycle-untagged-images =
    { $archived ->
        [true] 没有标签的已归档镜像
       *[false] 没有标签的镜像
    }
lifecycle-tagged-images =
    { $archived ->
        [true] 带有标签的已归档镜像
       *[false] 带有标签的镜像
    }
lifecycle-with-prefix =
    { $archived ->
        [true] 标签以 { $values } 开头的已归档镜像
       *[false] 标签以 { $values } 开头的镜像
    }
lifecycle-with-prefixes =
    { $archived ->
        [true] 同时带有以 { $values } 开头的标签的已归档镜像
       *[false] 同时带有以 { $values } 开头的标签的镜像
    }
lifecycle-with-pattern =
    { $archived ->
        [true] 标签匹配 { $values } 的已归档镜像
       *[false] 标签匹配 { $values } 的镜像
    }
lifecycle-with-patterns =
    { $archived ->
        [true] 同时带有匹配 { $values } 的标签的已归档镜像
       *[false] 同时带有匹配 { $values } 的标签的镜像
    }
lifecycle-other-status =
    { $archived ->
        [true] 标签状态为“{ $status }”（Gantry 不认识）的已归档镜像
       *[false] 标签状态为“{ $status }”（Gantry 不认识）的镜像
    }
lifecycle-newest = 保留最新的 { $count } 个
lifecycle-pushed-within = 保留最近 { $days } 天内推送的
lifecycle-pulled-within = 保留最近 { $days } 天内拉取过的
lifecycle-archived-within = 保留最近 { $days } 天内归档的
lifecycle-other-keep = 按 Gantry 不认识的“{ $rule }”保留
lifecycle-expire = 在{ $images }中，{ $kept }，其余的过期并被删除。
lifecycle-transition = 在{ $images }中，{ $kept }，其余的转入归档存储。
lifecycle-other-action = 在{ $images }中，{ $kept }，对其余镜像执行 Gantry 不认识的“{ $action }”。
lifecycle-never-pulled = 从未被拉取的镜像从推送时起算。
lifecycle-unknown-parts = 此规则还有 Gantry 不认识的内容：{ $parts }。
lifecycle-unknown-beside = 除规则外，策略还有 Gantry 不认识的内容：{ $parts }。
lifecycle-goes-expire = 将被删除
lifecycle-goes-transition = 将被归档
lifecycle-unreadable-title = 无法解读规则
lifecycle-unreadable = Amazon ECR 保存了这段文本，但 Gantry 无法解读，原文见下。
lifecycle-text = 策略原文
lifecycle-policy-text = 策略原文
lifecycle-not-evaluated = Amazon ECR 尚未评估此策略，会在设置策略后 24 小时内评估。
lifecycle-last-evaluated = Amazon ECR 上次评估：{ $when }
lifecycle-none-title = 未设置生命周期策略
lifecycle-none = 镜像会一直保留并计费，直到有人删除。
lifecycle-none-next = 拥有 ecr:PutLifecyclePolicy 权限的人可以设置策略。

lifecycle-preview = 预览
lifecycle-preview-note = 由 Amazon ECR 用现有镜像试运行策略。预览不会更改任何镜像。
lifecycle-requested = 上次通过 Gantry 请求预览：{ $when }
lifecycle-requested-unknown = Amazon ECR 不提供此预览的生成时间，且此预览不是通过 Gantry 请求的。
lifecycle-start = 开始预览
lifecycle-start-again = 重新预览
lifecycle-no-preview = 还没有预览。
lifecycle-outdated-title = 此预览基于其他策略
lifecycle-outdated = 此预览之后策略已更改，其中的优先级与上面的规则不对应。请重新预览。
lifecycle-running-title = Amazon ECR 正在生成预览
lifecycle-running = 需要几秒到几分钟。您可以离开此页，稍后再回来。
lifecycle-look-again = 刷新
lifecycle-failed-title = Amazon ECR 未能生成预览
lifecycle-failed = 没有任何镜像被更改。请重新预览；若仍失败，请检查策略是否有效。
lifecycle-nothing-title = 没有镜像会被删除或归档
lifecycle-nothing = 目前没有镜像符合清理规则。
lifecycle-would-go = { $count } 个镜像会被删除或归档
lifecycle-order = 按规则排列，最早推送的在前
lifecycle-first = 此处列出其中 { NUMBER($count) } 个
lifecycle-caption = 生命周期策略现在会删除或归档的镜像
lifecycle-digest = 镜像
lifecycle-tags = 标签
lifecycle-pushed = 推送时间
lifecycle-pulled = 最近拉取
lifecycle-rule = 所依规则
lifecycle-fate = 处理方式

lifecycle-started-title = 预览已开始
lifecycle-started = 不会更改任何镜像。如果下方未显示预览，请稍后刷新本页。
lifecycle-not-started-title = 预览未开始
lifecycle-start-withheld = 您所在团队的角色都没有此仓库的 ecr:StartLifecyclePolicyPreview 权限。没有任何内容被更改。请仓库的所有者授予该权限。
lifecycle-start-undecided = Gantry 无法重新读取此仓库的策略，因此无法检查您的权限。没有任何内容被更改。请一分钟后重试。
lifecycle-start-not-recorded = Gantry 无法写入审计日志，因此不执行无法记录的操作。没有任何内容被更改。请一分钟后重试。若持续出现，请告诉 Gantry 管理员。
lifecycle-start-throttled = Amazon ECR 限制了请求速率。没有任何内容被更改。请一分钟后重试。
lifecycle-start-failed = Amazon ECR 拒绝了此请求。没有任何内容被更改。请重试。若仍失败，请告诉 Gantry 管理员，日志中有具体原因。
lifecycle-unanswered-title = 无法确定预览是否已开始
lifecycle-unanswered = Amazon ECR 未在限定时间内响应。没有任何镜像被更改。请一分钟后刷新本页；若没有新的预览，请重新开始。

## links: Texts of the pages that create, list and revoke share links.

links-share = 分享
links-reach = 分享链接
links-own-reach = 您的分享链接
links-live =
    { $count ->
        [0] 无
       *[other] { $count } 个有效
    }

links-new-title = 创建分享链接
links-new-about = 任何拥有链接的人无需登录即可查看此内容（且仅此内容）；下面的团队失去查看权限、链接过期或被撤销后，不再显示。可粘贴到事件工单中。
links-shows = 显示内容
links-id-hint = 审计日志以此编号标识该链接，它不能用于打开链接。
links-a-tag = { $repository } 的标签 { $tag } 及其指向的镜像
links-an-image = { $repository } 的镜像 { $digest }
links-a-repository = 仓库 { $repository } 及其镜像列表
links-already = 已有 { $count } 个有效链接可查看此仓库。
links-already-own = 您已有 { $count } 个指向此仓库的有效链接。
links-moment = 显示内容的时间
links-both = 创建时与打开时的状态
links-both-about = 保存创建链接时的状态，并与打开链接时的状态并列显示。
links-frozen = 仅创建时的状态
links-frozen-about = 保存创建链接时的状态，不显示之后的变化。
links-live-moment = 仅打开时的状态
links-live-about = 显示打开链接时的状态，不保存任何内容。
links-expiry = 有效期
links-hour = 1 小时
links-day = 1 天
links-two-weeks = 14 天
links-days = { $count } 天
links-hours = { $count } 小时
links-date = 到此时间（UTC）
links-date-field = 日期与时间（UTC）
links-note = 用途
links-note-hint = 例如工单号 INC-4711，会显示在页面上。
links-hidden = 默认隐藏
links-always-hidden = 环境变量的值、构建步骤与账户编号始终隐藏。
links-environment = 显示环境变量的值和构建步骤
links-environment-about = 其中常含有不该出现的密码和密钥：任何拥有链接的人都能读到。
links-accounts = 显示账户编号
links-accounts-about = 它们会透露注册表所在的 AWS 账户，并使镜像引用可直接用于拉取。
links-bearer = 代表哪个团队
links-bearer-about = 在链接过期或被撤销之前，仅当该团队的角色仍有权查看时，链接才能打开。仓库被删除后，指向它的链接都无法打开，包括仅显示创建时状态的链接。
links-bearer-of = { $team }，以 { $role } 身份
links-make = 创建链接
links-cancel = 取消
links-wrong = 未创建链接
links-wrong-next = 您填写的内容已保留，请修改标出的部分后重新提交。
links-session-ended = 在您提交表单之前，会话已结束。您填写的内容已保留。请重新选择链接显示的内容，然后创建链接。
links-wrong-note = 最多 200 个字符，且不能包含隐藏或重排其他字符的字符。
links-wrong-expiry = 请选择 1 小时之后、{ $longest }之内的时间。
links-wrong-shows = 您的 Gantry 管理员不允许链接显示此内容。
links-wrong-date = 请按 { $example } 的格式填写日期与时间（UTC）。
# $choice
links-wrong-date-not-chosen = 您填写了日期，却选择了其他期限。请选择“{ $choice }”，或清空日期。
links-wrong-moment = 请选择其中一项。
links-wrong-bearer = 请选择其中一项：其他身份无权向您显示此内容。
links-too-many = 您已有 { $count } 个有效链接，已达到上限。没有任何内容被更改。请撤销不再需要的链接，然后重新提交此表单。
links-store = Gantry 的存储没有响应。没有任何内容被更改，请一分钟后重试。

links-made-title = 链接已创建
links-made-once = 请立即复制地址。此浏览器会保留 5 分钟，之后无法再次显示。Gantry 只保存其哈希值。
links-made-before-title = 您的链接
links-made-before = 此链接已存在，其地址已在创建时显示。
links-address-gone = 无法再次显示地址
links-address-gone-next = 如未复制，请撤销此链接并重新创建。
links-id = 编号
links-url = 链接
links-for-team = 如果 { $team } 团队不再有权查看，或仓库被删除，则提前失效。
links-ends = 到期
links-hides = 已隐藏
links-hides-environment = 环境变量的值、构建步骤
links-hides-accounts = 账户编号
links-hides-nothing = 无
links-open-link = 打开链接
links-to-links = 我的全部链接
links-back = 返回所分享的内容

links-title = 分享链接
links-about = 任何拥有分享链接的人无需登录即可打开。每个链接只显示一项内容；其团队失去查看权限、链接过期或被撤销后，不再显示。
links-filter = 筛选链接
links-filter-hint = 按仓库、用途、创建者或团队筛选
links-ended = 包括已结束的
links-everybody = 所有人的
links-apply = 应用
links-clear = 清除筛选
links-caption = 分享链接
links-counted = { $total } 个链接中的 { $matching } 个
links-all = { $total } 个链接
links-newest-only = 仅搜索了最新的链接。要搜索更早的链接，请打开某个创建者或团队的列表。
links-only-mine = 仅您创建的；其他人的链接只对管理员显示。
links-of-maker = 由 { $name } 创建
links-of-team = { $name } 团队
links-of-repository = 指向 { $name }
links-select = 选择
links-select-link = 选择指向 { $what } 的链接
links-scope = 显示内容
links-for-what = 用途
links-made-by = 创建者
links-team = 团队
links-expires = 到期
links-views = 查看次数
links-views-hint = 同一地址一分钟内的多次查看只计一次。
links-never-viewed = 尚未查看
links-last-viewed = 最近
links-from = 来自 { $network }
links-network-hint = 只保留地址所在的网段。
links-state = 状态
links-state-live = 有效
links-state-closed = 无法打开
links-state-closed-about = 仓库已被删除，或该团队目前无权查看。
links-state-expired = 已过期
links-state-revoked = 已撤销
links-revoked-by = 由 { $name } 于 { $when } 撤销
links-revoke = 撤销…
links-revoke-this = 撤销指向 { $what } 的链接
links-revoke-selected = 撤销所选…
links-revoke-all = 全部撤销…
links-revoked =
    { $count ->
        [0] 没有撤销任何链接：其中没有有效的链接。
       *[other] 已撤销 { $count } 个链接，它们不再能打开。
    }
links-no-match = 没有匹配的链接
links-no-match-next = 请放宽或清除筛选条件，或包括已结束的链接。
links-empty = 您还没有链接
links-empty-all = 没有任何链接
links-empty-next = 链接可让任何拥有它的人无需登录就查看一个标签、镜像或仓库，适合放进事件工单。请在要分享的页面上点击“分享”来创建。
links-empty-no-team = 链接可让任何拥有它的人无需登录就查看一个标签、镜像或仓库。您尚未加入任何团队，因此没有可分享的内容。

links-confirm-title = 撤销链接
links-confirm-these = 即将撤销 { $count }：
links-confirm-maker = 即将撤销由 { $name } 创建的 { $count }，不论属于哪个团队。
links-confirm-team = 即将撤销 { $name } 团队的 { $count }，不论由谁创建。
links-confirm-first = 其中最新的 { $shown } 个：
links-confirm-next = 此操作无法撤消。打开已撤销链接的人只会看到“没有这个链接”。您可以重新创建链接。
links-confirm-nothing = 没有可撤销的链接
links-confirm-nothing-next = 这些链接已结束，或不属于您。
links-confirm-none = 请至少选择一个链接
links-confirm-none-next = 没有撤销任何链接。请返回列表，选择链接后重试。
links-to-list = 返回链接列表
links-to-audit-of = 链接 { $id } 的审计日志
links-confirm = 撤销 { $count }

## list: Separators for lists in sentences.

list-comma = 、
list-and = 、
list-or = {" "}或{" "}
list-gap = {""}

## no-team: Texts for people who are signed in and in no team.

no-team-title = 您尚未加入任何团队
no-team-unmapped = 您的登录组均未对应任何团队。请 Gantry 管理员将其中一个组添加到团队。
no-team-administrator = 您是管理员：可以查看所有仓库的名称和策略，但不能查看镜像。如需查看镜像，请在 Gantry 的配置中将您的一个登录组添加到团队。
no-team-no-groups = 您的登录信息中没有组。请向 Gantry 管理员确认您需要加入哪个组。
no-team-empty = 您的登录信息中没有组：声明 { $claim } 为空。请向 Gantry 管理员确认您需要加入哪个组，加入后重新登录。
no-team-absent = Gantry 从声明 { $claim } 中读取组，但您的登录信息中没有此声明。可能您未加入任何组，也可能 Gantry 应读取其他声明。请向 Gantry 管理员确认您需要加入哪个组，以及 groups_claim 的设置是否正确，然后重新登录。
no-team-unreadable = Gantry 从声明 { $claim } 中读取组，但其内容不是名称列表。请 Gantry 管理员将 groups_claim 设置为其他声明或此声明内的路径，然后重新登录。
no-team-too-many = 您所属的组过多，登录服务未发送声明 { $claim }。请 Gantry 管理员让登录服务仅发送分配给 Gantry 的组，或改为发送应用角色并设置 groups_claim = "roles"，然后重新登录。
no-team-policies-decide = 团队能看到什么，由各仓库自己的策略决定。
no-team-name = 登录信息中的名称或邮箱
no-team-subject = 主体（subject）：Gantry 管理员据此找到您
no-team-issuer = 颁发者（issuer）
no-team-your-groups = 登录信息中的组
no-team-looked-at = Gantry 读取组的声明
no-team-claims = 登录信息中的声明
no-team-more = 以及另外 { $count } 个

## palette: Texts of the palette.

palette-title = 转到
palette-hint = 仓库、标签、摘要或页面
palette-search-hint = 仓库、标签或摘要
palette-hits = 搜索结果
palette-page = 页面
palette-repository = 仓库
palette-tag = 标签
palette-image = 镜像
palette-last-push = 最近推送于 { $ago }
palette-image-pushed = 镜像推送于 { $ago }
palette-pushed = 推送于 { $ago }
palette-nothing = 在您可查看的范围内，没有匹配的仓库、标签或摘要。漏洞和标记（labels）不在搜索范围内。
# $host
palette-unseen-registry = 没有找到：您看不到注册表 { $host }  中的任何仓库。
palette-incomplete = Gantry 尚未读取所有仓库，稍后可能会有更多结果。
palette-too-many = 搜索过于频繁，请稍候再输入。
palette-shortened = 输入内容过长，末尾的词未参与搜索。
palette-short-digest = 摘要至少输入 4 位才能搜索。
palette-cut = 共匹配 { NUMBER($matching) } 项，仅显示前 { NUMBER($shown) } 项。请继续输入以缩小范围。
palette-no-tag = 没有标签 { $tag }
palette-failed = 搜索失败，请重试。
palette-keys = ↑ ↓ 选择，Enter 前往，Esc 关闭

## personas: The personas of the demo, a line about each.

personas-ana = storefront 团队的开发者
personas-ben = checkout 团队的开发者
personas-chao = 同时在 storefront 和 checkout 两个团队工作
personas-dana = payments 团队，有开发者和审计员两个角色
personas-erik = 发布经理：在各阶段之间移动标签
personas-farah = 平台管理员：审查策略，看不到镜像
personas-gus = 刚加入，还不属于任何团队
personas-hana = logistics 团队，来自另一个 AWS 账户

## policy: Texts of a repository policy's page.

policy-title = 仓库策略
policy-lifecycle = 生命周期策略
policy-arn = ARN
policy-read = 从 Amazon ECR 读取：{ $when }
policy-statements = 白话解读
policy-text = 策略原文
policy-text-lines = 策略原文（逐行）
policy-line = 第 { NUMBER($number, useGrouping: 0) } 行
policy-indented = 此处添加了换行和空格。
policy-policy-text = 策略原文
policy-matrix = 授权一览
policy-matrix-caption = 策略授予已配置团队主体的权限
policy-matrix-others = 对于其他团队，此表仅列出策略中指定的主体，且仅依据其 ARN 判断；注册表策略您无权查看，因此在此不计入。管理员可查看所有主体。
policy-matrix-all = 因为您是管理员，此表列出所有已配置团队的主体。
policy-no-teams = 您的团队没有配置主体，策略也未指定其他团队的主体。
policy-none-title = 未设置策略
policy-none = 没有策略时，此仓库不向任何人授权，只由其所属账户的 IAM 决定，而 Gantry 看不到。各团队在这里看不到它的任何内容。
policy-none-next = 仓库的所有者可以通过 ecr:SetRepositoryPolicy 设置策略。
policy-broken-title = 无法理解此策略，因此它在这里不授予任何权限
policy-broken-next = 只理解一半的策略不能用来放行。请在所指位置更正，或将其简化。

policy-allow = 允许
policy-deny = 拒绝
policy-lets = 允许 { $whom } { $deeds }。
policy-forbids = 禁止 { $whom } { $deeds }。
policy-everyone-but = 除 { $names } 以外的所有人
policy-everyone-not-exempt = 未被豁免的所有人（列为豁免的有：{ $names }）
policy-everything = 执行一切操作
policy-everything-but = 执行除以下之外的一切操作：{ $deeds }
policy-anything = 执行任何操作
policy-anything-but = 执行除以下之外的任何操作：{ $deeds }
policy-but-it =
    { $certain ->
        [true] 但语句 { $statement } 禁止此操作。
       *[false] 但语句 { $statement } 可能禁止此操作。这取决于请求。
    }
policy-but-it-for =
    { $certain ->
        [true] 但语句 { $statement } 禁止此操作，针对 { $whom }。
       *[false] 但语句 { $statement } 可能禁止此操作，针对 { $whom }。这取决于请求。
    }
policy-but-part =
    { $certain ->
        [true] 但语句 { $statement } 禁止其中一部分：{ $deeds }。
       *[false] 但语句 { $statement } 可能禁止其中一部分：{ $deeds }。这取决于请求。
    }
policy-but-part-for =
    { $certain ->
        [true] 但语句 { $statement } 禁止其中一部分，针对 { $whom }：{ $deeds }。
       *[false] 但语句 { $statement } 可能禁止其中一部分，针对 { $whom }：{ $deeds }。这取决于请求。
    }
policy-other-actions = 使用 { $actions }

policy-everyone = 所有 AWS 账户中的所有人
policy-account = 整个账户 { $id }
policy-everyone-in-account = 账户 { $id } 的所有角色和用户
policy-deleted = 已删除的身份（{ $id }）
policy-service = 服务 { $name }
policy-account-remark = 委托：由该账户的 IAM 决定其中哪些角色可以。Gantry 看不到：除非运维人员为团队的身份侧作出说明，否则不视为已授予。
policy-everyone-condition-remark = 写明的是所有账户的所有主体，由条件决定其中哪些被允许。
policy-allow-condition-remark = Gantry 无法核实条件时，不把允许视为已授予。
policy-deny-condition-remark = Gantry 无法核实条件时，把拒绝视为已拒绝。
policy-principals = 主体
policy-all-but = 除外
policy-actions = 操作
policy-elements = 主体与操作原文
policy-conditions = 仅当

## condition: Texts for conditions: keys and operators.

condition-source-vpce = VPC 终端节点
condition-source-vpc = VPC
condition-source-ip = 调用方的 IP 地址
condition-organization = 调用方所属组织
condition-organization-paths = 调用方在组织中的路径
condition-principal-arn = 调用方的 ARN
condition-principal-account = 调用方的账户
condition-principal-tag = 调用方的标签 { $tag }
condition-resource-tag = 仓库的资源标签 { $tag }
condition-secure-transport = 连接是否加密
condition-mfa = 是否使用多重身份验证
condition-current-time = 当前时间
condition-via-service = 是否由 AWS 服务转发
condition-source-account = 服务所代表的账户
condition-source-arn = 服务所代表的资源
condition-known = { $words }（{ $key }）
condition-unknown = { $key }{" "}

condition-equals = { $subject }等于 { $values }
condition-differs = { $subject }不等于 { $values }
condition-equals-ignoring-case = { $subject }等于（不分大小写） { $values }
condition-differs-ignoring-case = { $subject }不等于（不分大小写） { $values }
condition-matches = { $subject }匹配 { $values }
condition-does-not-match = { $subject }不匹配 { $values }
condition-within = { $subject }属于 { $values }
condition-outside = { $subject }不属于 { $values }
condition-less = { $subject }小于 { $values }
condition-at-most = { $subject }不大于 { $values }
condition-greater = { $subject }大于 { $values }
condition-at-least = { $subject }不小于 { $values }
condition-before = { $subject }早于 { $values }
condition-until = { $subject }不晚于 { $values }
condition-after = { $subject }晚于 { $values }
condition-since = { $subject }不早于 { $values }
condition-missing = { $subject }不存在
condition-present = { $subject }存在
condition-other = { $subject }{ $operator } { $values }
condition-any-value = 任一取值：{ $subject }
condition-every-value = 所有取值：{ $subject }
condition-or-missing = { $condition }，或不存在

## lint: Remarks on policies: for each rule its title, what is wrong, and what to do.

lint-statement = 语句 { $label }：{ $remark }
lint-not-a-policy = 文件不是此类策略
lint-every-action = 全部操作
lint-nearest = 如果您指的是 { $nearest }，请改用它。
lint-remove = 请移除。
lint-look-up = 请在《服务授权参考》中查找正确的名称。
lint-spare-by-condition = 请改用 Principal "*"，并添加条件 ArnNotEquals aws:PrincipalArn。

lint-public-access = 任何人都可以使用此仓库
lint-public-pull-and-push = 任何拥有 AWS 账户的人都可以拉取和推送镜像（{ $actions }）。
lint-public-pull = 任何拥有 AWS 账户的人都可以拉取镜像（{ $actions }）。
lint-public-push = 任何拥有 AWS 账户的人都可以推送镜像（{ $actions }）。
lint-public-use = 任何拥有 AWS 账户的人都可以使用此仓库（{ $actions }）。
lint-public-access-remedy = 请指定账户或角色，或添加条件，例如 StringEquals aws:PrincipalOrgID。
lint-whole-account = 信任了其他账户的全部主体
lint-whole-account-reason = 账户 { $account } 作为整体受信任：由该账户的管理员决定其中哪些主体拥有访问权限。
lint-whole-account-unless-owner = 账户 { $account } 作为整体受信任。如果它不是仓库的所有者，则由该账户的管理员决定其中哪些主体拥有访问权限。
lint-whole-account-remedy = 请改为指定该账户的角色，或添加针对 aws:PrincipalOrgID 或 aws:PrincipalArn 的条件。
lint-service-without-source = AWS 服务可以代表任何账户操作
lint-service-without-source-reason = { $service } 可以在此代表任何账户操作。
lint-service-without-source-remedy = 请添加针对 aws:SourceArn 或 aws:SourceAccount 的条件。
lint-service-with-any-source = 对 AWS 服务来源的条件允许任何账户
lint-service-with-any-source-reason = { $service } 可以在此代表任何账户操作：{ $operator } { $key } 没有限制账户。
lint-service-with-any-source-remedy = 请填写不含通配符的账户 ID，并使用不带 Not、IfExists 或 ForAllValues 的运算符。

lint-deleted-principal = 主体已被删除
lint-deleted-principal-reason = { $id } 是已删除的角色或用户的 ID，与新建的同名角色或用户不匹配。
lint-deleted-principal-remedy = 请移除，或改为指定替代主体的 ARN。
lint-wildcard-in-principal = 主体中的通配符不匹配任何主体
lint-wildcard-in-principal-reason = 主体中的通配符不匹配任何主体：没有名为 { $principal } 的主体。
lint-wildcard-in-principal-remedy = 请逐一指定主体，或使用条件 ArnLike aws:PrincipalArn。
lint-wildcard-in-principal-of-account = 请指定账户 { $account }，并添加条件 ArnLike aws:PrincipalArn "{ $principal }"。
lint-principal-names-nothing = 主体不会发出请求
lint-principal-names-nothing-reason = 没有请求来自“{ $principal }”。
lint-principal-names-nothing-remedy = 请在 AWS 下填写账户 ID 或者角色、用户的 ARN，或在 Service 下填写服务名称，例如 lambda.amazonaws.com。
lint-not-principal-allow = NotPrincipal 与 Allow 一起使用
lint-not-principal-allow-reason = NotPrincipal 与 Allow 一起使用表示除少数主体外的所有人，AWS 不支持这种用法。
lint-not-principal-allow-remedy = 请在 Principal 中列出允许的主体。
lint-not-principal-without-account = NotPrincipal 列出了主体，但未列出其账户
lint-not-principal-without-account-reason = 由于未列出其账户，所列主体也会被拒绝。
lint-not-principal-without-account-remedy = 请同时列出 { $accounts }，或改用 Principal "*" 并添加条件 ArnNotEquals aws:PrincipalArn。
lint-not-principal-without-session = NotPrincipal 列出了角色，但未列出其会话
lint-not-principal-without-session-reason = AWS 可能会比较账户、角色和会话。除非列出账户、角色及其每个会话，否则也可能拒绝 { $principals }。
lint-not-principal = NotPrincipal 容易误读
lint-not-principal-reason = NotPrincipal 容易误读，AWS 不建议使用。

lint-unknown-action = Amazon ECR 没有此操作
lint-unknown-action-reason = Amazon ECR 没有操作 { $action }。
lint-pattern-without-action = 通配模式不匹配 Amazon ECR 的任何操作
lint-pattern-without-action-reason = Amazon ECR 没有操作与 { $pattern } 匹配。
lint-other-service = 操作属于其他服务
lint-other-service-reason = { $action } 不是 Amazon ECR 的操作，此策略对它不起作用。
lint-not-on-repositories = 操作不适用于仓库
lint-not-on-repositories-reason = { $action } 针对整个注册表，不适用于仓库。
lint-not-on-repositories-remedy = 请移除，并在角色或用户的策略中允许此操作。
lint-redundant-action = 操作已被同一列表中的其他操作涵盖
lint-redundant-action-reason = { $action } 已被 { $covering } 涵盖。
lint-not-action-allow = NotAction 与 Allow 一起使用
lint-not-action-allow-reason = NotAction 与 Allow 一起使用会允许所有其他操作，包括 Amazon ECR 以后新增的操作。
lint-not-action-allow-remedy = 请在 Action 中列出允许的操作。
lint-incomplete-pull = 可以下载镜像层，但无法拉取镜像
lint-incomplete-pull-reason = 可以下载镜像层，但拉取镜像还需要 { $missing }。
lint-incomplete-push = 可以上传镜像层，但无法推送镜像
lint-incomplete-push-reason = 可以上传镜像层，但推送镜像还需要 { $missing }。
lint-incomplete-remedy = 请添加缺少的操作；如果角色或用户的策略已允许，则无需添加。

lint-key-never-there = 这些操作的请求都没有此条件键
lint-key-never-there-reason = 对 Amazon ECR 的请求都没有条件键 { $key }。
lint-key-never-there-other-actions = 只有 { $actions } 的请求才有条件键 { $key }。
lint-key-never-there-remedy = 请移除此条件，或将其移到只包含具有此条件键的操作的语句中。
lint-tag-key-missing = 标签条件未指定标签
lint-tag-key-missing-reason = { $key } 未指定标签。
lint-tag-key-missing-remedy = 请使用 { $key }/ 并在其后填写标签键。
lint-for-all-values-allow = ForAllValues 也会允许没有此条件键的请求
lint-for-all-values-allow-reason = 请求没有 { $key } 时，{ $operator } 也成立，因此会允许该请求。
lint-for-all-values-allow-remedy = 请添加条件 Null { $key } "false"。
lint-needs-set-operator = 多值条件键需要集合运算符
lint-needs-set-operator-reason = { $key } 可以有多个值，单独使用 { $operator } 无法比较。
lint-needs-set-operator-remedy = 请使用 ForAnyValue:{ $operator } 或 ForAllValues:{ $operator }。
lint-needless-set-operator = 单值条件键不需要集合运算符
lint-needless-set-operator-reason = { $key } 只有一个值，{ $operator } 不需要前缀。
lint-use-operator = 请使用 { $operator }。
lint-operator-does-not-fit = 运算符与条件键不匹配
lint-operator-for-address = { $key } 是 IP 地址，而 { $operator } 不按 IP 地址比较。
lint-operator-for-address-remedy = 请使用 IpAddress 或 NotIpAddress。
lint-operator-for-date = { $key } 是日期和时间，而 { $operator } 不按日期和时间比较。
lint-operator-for-date-remedy = 请使用日期运算符（Date）。
lint-operator-for-number = { $key } 是数字，而 { $operator } 不按数字比较。
lint-operator-for-number-remedy = 请使用数字运算符（Numeric）。
lint-operator-for-text = { $key } 既不是 IP 地址也不是日期，而 { $operator } 会按此类型比较。
lint-operator-for-text-remedy = 请使用字符串运算符（String）。

lint-unreadable-value = 值的类型与运算符不符
lint-unreadable-value-reason = { $operator } 无法将 { $key } 与“{ $value }”进行比较。
lint-unreadable-value-remedy = 请更正此值，或使用其他运算符。
lint-both-booleans = 条件同时接受 true 和 false
lint-both-booleans-reason = { $key } 同时列出了 true 和 false，两者都会被条件接受。
lint-both-booleans-remedy = 请只保留其中一个。
lint-wildcard-is-literal = 通配符按字面处理
lint-wildcard-is-literal-reason = { $operator } 将“{ $value }”中的通配符按字面处理。
lint-wildcard-is-literal-remedy = 请使用 StringLike 或 StringNotLike。
lint-variable-is-literal = 策略变量按字面处理
lint-variable-is-literal-reason = “{ $text }”中的变量按字面处理：只有版本 2012-10-17 支持变量。
lint-variable-is-literal-remedy = 请将 Version 设为 2012-10-17。
lint-wildcard-crosses-colons = ARN 中的通配符也会匹配冒号
lint-wildcard-crosses-colons-reason = { $operator } 比较的是文本：“{ $value }”中的 * 也会匹配冒号，因此可能匹配其他服务和账户的 ARN。
lint-wildcard-crosses-colons-remedy = 请使用 { $operator }，并写全 ARN 的六个部分。
lint-private-address = 私有地址不会匹配
lint-private-address-reason = { $key } 不会是 { $address } 这样的私有地址。通过互联网的请求使用公有地址，通过 VPC 终端节点的请求没有 { $key }。
lint-private-address-remedy = 请使用公有地址。对于通过 VPC 终端节点的请求，请将 aws:VpcSourceIp 与 aws:SourceVpc 一起使用。
lint-variable-not-closed = 策略变量没有结束
lint-variable-not-closed-reason = “{ $text }”中的变量缺少右花括号，或缺少其前面的引号。AWS 没有说明该文本会匹配什么。
lint-variable-not-closed-remedy = 请补全变量；如需美元符号，请写为 {"${$}"}。
lint-variable-malformed = 策略变量的格式未见于 AWS 文档
lint-variable-empty = “{ $text }”中的变量没有名称。AWS 没有说明该文本会匹配什么。
lint-variable-with-space = “{ $text }”中的变量，其名称中或名称旁有空格。AWS 没有说明该文本会匹配什么。
lint-variable-without-quotes = “{ $text }”中的变量，其默认值应位于逗号和一个空格之后，并用单引号括起。AWS 没有说明该文本会匹配什么。
lint-variable-with-sign = “{ $text }”中的变量，其名称含有条件键不会使用的字符。AWS 没有说明该文本会匹配什么。
lint-variable-malformed-remedy = 请写为 {"${key}"} 或 {"${key, 'default'}"}；如需美元符号，请写为 {"${$}"}。
lint-variable-never-there = 任何请求都没有策略变量的键
lint-variable-never-there-reason = 任何请求都没有键 { $key }，因此没有值等于包含它的文本。
lint-variable-never-there-remedy = 请更正键的名称。

lint-unreachable = 已有其他语句，此语句不起作用
lint-unreachable-allow = 此语句不起作用：{ $label } 已允许其全部内容。
lint-unreachable-deny = 此语句不起作用：{ $label } 已拒绝其全部内容。
lint-unreachable-remedy = 请移除此语句。
lint-shadowed = 语句允许的内容被其他语句拒绝
lint-shadowed-reason = 始终被 { $labels } 拒绝：{ $actions }。
lint-shadowed-wholly = 此语句的全部内容始终被 { $labels } 拒绝。
lint-shadowed-remedy = 请移除被拒绝的操作，或在拒绝语句中排除目标主体。
lint-resource-in-repository-policy = 仓库策略指定了资源
lint-resource-in-repository-policy-reason = 仓库策略只适用于所属仓库，没有 Resource 元素。
lint-resource-in-repository-policy-remedy = 请移除该元素。
lint-short-resource = 资源不足 ARN 的六个部分
# $resource
lint-short-resource-reason = “{ $resource }”不足 ARN 的六个部分。AWS 仅在身份策略中补全缺失部分，其他策略的处理方式未见说明；在其他策略中，Gantry 不据此授权，对其可能拒绝的操作不予放行。
lint-short-resource-remedy = 请写全六个部分，例如 "arn:aws:ecr:*:*:repository/*"。
lint-registry-without-resource = 注册表策略的语句未指定资源
lint-registry-without-resource-reason = 注册表策略的语句必须指定所适用的仓库。
lint-registry-without-resource-remedy = 请添加 Resource，填写仓库的 ARN 或 "*"。
lint-duplicate-sid = 两条语句的 Sid 相同
lint-duplicate-sid-reason = 语句 #{ NUMBER($first, useGrouping: 0) } 的 Sid 也是 { $sid }。Sid 在策略中必须唯一。
lint-duplicate-sid-remedy = 请使用其他 Sid。
lint-locks-out = 所有者无法更改策略
lint-locks-out-everyone =
    { $count ->
        [1] 此语句拒绝所有人（包括所有者）设置或删除此策略。
       *[other] 语句 { $labels } 共同拒绝所有人（包括所有者）设置或删除此策略。
    }
lint-locks-out-owner =
    { $count ->
        [1] 此语句拒绝账户 { $account } 中的所有人设置或删除此策略，而该账户是策略的所有者。
       *[other] 语句 { $labels } 共同拒绝账户 { $account } 中的所有人设置或删除此策略，而该账户是策略的所有者。
    }
lint-locks-out-account =
    { $count ->
        [1] 此语句拒绝账户 { $account } 中的所有人设置或删除此策略。如果该账户是策略的所有者，则所有者将无法更改策略。
       *[other] 语句 { $labels } 共同拒绝账户 { $account } 中的所有人设置或删除此策略。如果该账户是策略的所有者，则所有者将无法更改策略。
    }
lint-locks-out-remedy = 请排除设置和删除策略的操作，或通过条件 ArnNotEquals aws:PrincipalArn 排除管理员。
lint-size = 策略接近或超过大小上限
lint-size-reason = 策略有 { NUMBER($characters) } 个字符，上限为 { NUMBER($limit) } 个。
lint-size-remedy = 请合并条件相同的语句，或指定组织来代替其中的各个账户。

## diff: What changes between two policies.

diff-change = { $who }：{ $actions }：{ $before } -> { $after }
diff-change-on = { $who }：{ $resource } 上的 { $actions }：{ $before } -> { $after }
diff-all-but = 除 { $actions } 以外的全部操作
diff-holder = 附加了此策略的任何主体
diff-anyone = 其他账户中的任何人
diff-any-other-of = 账户 { $account } 的其他任何角色或用户
diff-federated = { $provider } 的身份
diff-allowed = 允许
diff-allowed-if = 满足 { $conditions } 时允许
diff-denied = 拒绝
diff-not-allowed = 未允许
diff-delegated = 所属账户的 IAM 允许时允许
diff-delegated-if = 所属账户的 IAM 允许且满足 { $conditions } 时允许
diff-either = { $first }，或{ $second }
diff-unless = { $access }，满足 { $conditions } 时除外
diff-and = { $first } 且 { $second }
diff-or = { $first } 或 { $second }

## pull: How to pull.

pull-client = 容器客户端
pull-remember = 记住此客户端
pull-log-in = 登录（令牌有效期 12 小时）
pull-login-command = 登录命令
pull-no-login = crictl 没有登录命令，每次拉取时提供凭证。
pull-by-tag = 按标签拉取：以命令运行时标签所指的镜像为准
pull-by-digest = 按摘要拉取：始终是这一个镜像
pull-pull-command-by-tag = 按标签拉取的命令
pull-pull-command-by-digest = 按摘要拉取的命令
pull-deploy = 部署（固定摘要）
pull-ecs = ECS 容器定义
pull-kubernetes = Kubernetes 容器
pull-by-version = 按版本拉取
pull-pull-command-by-version = 按版本拉取的命令
pull-manifest = 仅获取清单
pull-manifest-command = 获取清单的命令
pull-withheld = 您团队的角色没有拉取权限；以下命令供有权限的人使用。

## registries: Texts about registries, for viewers who know of several.

registries-registry = 注册表
registries-any-registry = 所有注册表
registries-account = 账户
registries-region = 区域
registries-repositories = 向您显示的仓库
registries-listed = 上次读取
registries-unknown = 尚不清楚
registries-in-all = { $repositories }，来自 { NUMBER($known) } 个注册表
registries-in-some = { $repositories }，来自 { NUMBER($known) } 个注册表中的 { NUMBER($shown) } 个
registries-and-registry = { $what }（注册表 { $registry }）
registries-failing = Gantry 无法读取注册表 { $registry }
registries-since = 开始时间：{ $when }。
registries-shown-as-of = 显示此前读取的内容，数据时间：{ $when }。
registries-not-shown = 其中的仓库暂不显示。
registries-perhaps = 如果其中有您可查看的仓库，此处暂未列出。
registries-again = Gantry 会自动重试。
registries-none-shown = 没有可显示的仓库
registries-none-shown-next = 能够读取此注册表后会重新显示。
registries-none-granted-next = “我的权限”页列出了您在其中获得的权限。
registries-call = 失败的调用
registries-code = AWS 错误码
registries-request-id = AWS 请求编号

## repositories: Texts of the list of repositories.

repositories-title = 仓库
repositories-filter = 筛选仓库
repositories-filter-hint = 按名称筛选
repositories-namespace = 命名空间
repositories-any-namespace = 所有命名空间
repositories-through-team = 经由团队
repositories-any-team = 我的所有团队
repositories-mutability = 标签可变性
repositories-any-mutability = 任意可变性
repositories-mutable = 可变
repositories-immutable = 不可变
repositories-mutable-except = 可变（有例外）
repositories-immutable-except = 不可变（有例外）
repositories-except = 例外：{ $filters }
repositories-mutability-hidden = 未授予 ecr:DescribeRepositories 权限
repositories-severity = 漏洞（有标签镜像）
repositories-any-severity = 任意漏洞
repositories-some-not-scanned = 部分未扫描
repositories-some-scans-failed = 部分扫描失败
repositories-some-scans-not-known = 部分扫描情况未知
repositories-policy = 策略
repositories-any-policy = 任意策略
repositories-with-policy = 已设策略
repositories-without-policy = 未设策略
repositories-apply = 应用
repositories-clear = 清除筛选
repositories-caption = 您可查看的仓库
repositories-name = 仓库
repositories-images = 镜像
repositories-tags = 标签
repositories-size = 大小
repositories-pushed = 最近推送
repositories-worst = 最严重漏洞（有标签镜像）
repositories-policy-set = 已设置
repositories-policy-not-set = 未设置
repositories-at-most = 至多这么多：在 Gantry 读取索引之前，平台镜像也计为镜像。
repositories-policy-unread = 尚未读取
repositories-policy-hidden = 未授予 ecr:GetRepositoryPolicy 权限
repositories-not-read = 尚未读取
repositories-not-readable-why = 原因见仓库页面。
repositories-not-readable = 无法读取
repositories-counted-read = 已读取的 { $read } 个仓库中的 { $matching } 个
repositories-unread = { $count } 个尚未读取
repositories-failed = { $count } 个无法读取
repositories-withheld = { NUMBER($count) } 个仓库的漏洞信息不向您显示
repositories-mutability-withheld = { NUMBER($count) } 个仓库的标签可变性不向您显示
repositories-policies-withheld = { NUMBER($count) } 个仓库的策略不向您显示
repositories-policies-unread = { NUMBER($count) } 个仓库的策略尚未读取
repositories-semicolon = ；
repositories-figures-hidden = 未授予 ecr:DescribeImages 权限
repositories-review = 审查
repositories-tags-only = 仅标签
repositories-name-only = 仅名称
repositories-tags-only-why = 已授予 ecr:ListImages，未授予 ecr:DescribeImages：仅显示标签和摘要
repositories-name-only-why = 管理员审查：仅名称和策略，不含镜像
repositories-counted = { $total } 个仓库中的 { $matching } 个
repositories-all = { $total } 个仓库
repositories-may-lack = 可能还有更多仓库：Gantry 未能读取所有仓库的策略，会继续重试。
repositories-incomplete = 仍在从 Amazon ECR 读取
repositories-no-match = 没有匹配的仓库
repositories-no-match-read = 已读取的仓库中没有匹配项
repositories-no-match-next = 请放宽或清除筛选条件。
repositories-search-tags = 搜索标签“{ $text }”
repositories-nothing-granted = 没有仓库授权给您的团队
repositories-nothing-granted-next = 请仓库的所有者在其策略中把 ecr:DescribeImages 授予以下任一角色：
repositories-reading = 正在读取
repositories-reading-next = Gantry 刚刚启动，正在读取仓库及其策略，读到后会显示在这里。
repositories-reload = 刷新

## repository: Texts of a repository's page.

repository-policy = 策略
repository-lifecycle = 生命周期
repository-about = 仓库信息
repository-uri = URI
repository-created = 创建时间
repository-settings = 设置
repository-no-settings = 未知
repository-mutability = 标签可变性
repository-scan-on-push = 推送时扫描
repository-on = 开启
repository-off = 关闭
repository-encryption = 加密
repository-images = 镜像
repository-images-hint = 不计入镜像数：索引中的平台镜像，以及镜像的签名、SBOM 和证明。
repository-counts = { $images } 个，其中 { $untagged } 个无标签
# $count
repository-up-to = 至多 { $count }
repository-archived-images = 已归档的镜像
repository-archived = { $count } 个已归档
repository-tags = 标签
repository-size = 大小
repository-size-hint = 大小为压缩后大小，镜像间共享的层重复计算。
repository-findings = 漏洞（有标签镜像合计，各取最严重的平台）
repository-not-read = 尚未读取
repository-counts-not-kept = 未发现或未扫描
repository-platforms-apart-hidden = 未授予 ecr:BatchGetImage：索引的各平台镜像在列表中单独列出，并单独计数。
repository-platforms-apart-unread = Gantry 未读取全部索引：其各平台镜像在列表中单独列出，并单独计数。
repository-seen = 您的查看权限
repository-policy-fact = 仓库策略
repository-policy-set = 已设置
repository-policy-not-set = 未设置
repository-lifecycle-fact = 生命周期策略
repository-resource-tags = 资源标签
repository-no-resource-tags = 无
repository-pull = 拉取与部署
repository-example = 以 { $of } 为例
repository-example-first = 以下方第一个镜像 { $of } 为例
repository-list = 标签与镜像
repository-caption = 此仓库的镜像
repository-filter = 筛选镜像
repository-filter-hint = 按标签或摘要筛选
repository-tags-filter = 标签
repository-any-tags = 全部镜像
repository-tagged = 有标签
repository-untagged = 无标签
repository-floating = 有浮动标签
repository-severity = 漏洞
repository-any-severity = 任意漏洞
repository-apply = 应用
repository-clear = 清除筛选
repository-select = 选择
repository-select-image = 选择 { $digest }
repository-selected = 已选择 { $count } 个镜像
repository-copy-references = 复制引用
repository-clear-selection = 清除选择
repository-tag = 标签
repository-platforms = 平台
repository-digest = 摘要
repository-pushed = 推送时间
repository-pulled = 最近拉取
repository-found = 漏洞
repository-found-hint = 索引取最严重的平台
repository-never-pulled = 无记录
repository-never-pulled-why = ECR 没有拉取记录；它约每天更新一次，且不记录某些角色的拉取
repository-counted = { $total } 个镜像中的 { $matching } 个
repository-all = { $total } 个镜像
repository-incomplete = 仍在从 Amazon ECR 读取
repository-no-match = 没有匹配的镜像
repository-no-match-next = 请放宽或清除筛选条件。
repository-look-for-digest = 索引中的各平台镜像不在此列表中。查找摘要以 { $digits } 开头的镜像
repository-empty = 没有镜像
repository-empty-next = 镜像可能已被删除，也可能从未推送。请推送镜像后刷新本页，新镜像会在半分钟内显示。
repository-reading = 正在读取
repository-reading-next = Gantry 正在从 Amazon ECR 读取此仓库的镜像，请稍后刷新。
repository-reload = 刷新
repository-tags-only = 仅授予了 ecr:ListImages；查看大小、时间和漏洞需要 ecr:DescribeImages。

## sessions: Texts of the pages about sessions.

sessions-title = 您的会话
sessions-about = 每个会话对应一个已登录的浏览器。如有不认识的会话，请将其结束。
sessions-count = { $total } 个会话
sessions-most = 超过 { NUMBER($most) } 个会话时，最久未使用的会话将结束。
sessions-caption = 您的会话，最近使用的在前
sessions-browser = 浏览器
sessions-unknown-browser = 未知浏览器
sessions-this-one = 当前会话
sessions-network = 网络
sessions-network-hint = Gantry 只保存登录时所在的网段，不保存完整地址。
sessions-unknown = 未知
sessions-begun = 登录时间
sessions-used = 最近使用
sessions-ends = 到期时间
sessions-ends-hint = 若长时间未使用会提前结束。
sessions-action = 操作
sessions-end = 结束
sessions-end-this = 结束 { $browser }（{ $network }）的会话
sessions-end-others = 结束其他所有会话…
sessions-end-all = 在所有设备上退出
sessions-ended =
    { $count ->
        [0] 没有结束任何会话：会话此前已结束。
       *[other] 已结束 { $count } 个会话。
    }
sessions-links-go-on = 会话结束后，您创建的分享链接仍然有效。
sessions-to-links = 撤销您的链接

sessions-balancer-title = 会话由负载均衡器管理
sessions-balancer = Gantry 无法列出或结束这些会话。账户菜单中的“退出登录”会清除此浏览器中的负载均衡器 Cookie。其他浏览器中的会话会持续到负载均衡器的会话超时；如果不能等待，请联系您的 Gantry 管理员。
sessions-balancer-people-title = 所有会话由负载均衡器管理
sessions-balancer-people = Gantry 无法列出或结束这些会话。如需阻止某人访问，请在身份提供商处停用其账户，撤销其链接，并等待负载均衡器的会话超时。如需立即阻止，请从 Gantry 配置中移除其所属的组并重启 Gantry。

sessions-people-title = 已登录人员
sessions-people-about = 当前有会话的人员。会话被结束后，对方必须重新登录，并使用身份提供商届时提供的组信息。
sessions-search = 搜索人员
sessions-search-hint = 按姓名或编号搜索
sessions-apply = 搜索
sessions-clear = 清除搜索
sessions-people-count = { $total } 人
sessions-people-some = { $total } 人中的 { $matching } 人
sessions-people-caption = 有会话的人员，最近使用的在前
sessions-person = 人员
sessions-sessions = 会话数
sessions-end-of = 结束 { $name } 的所有会话
sessions-end-person = 结束会话…
sessions-confirm-title = 结束会话
sessions-confirm-person = 即将结束 { $name }（{ $id }）的 { $count }。
sessions-confirm-others = 即将结束您的 { $count }，此浏览器中的会话不受影响。
sessions-confirm-next = 此操作无法撤消。使用这些会话的人必须重新登录。
sessions-confirm = 结束 { $count }
sessions-confirm-nothing = 没有可结束的会话
sessions-confirm-nothing-next = 这些会话已结束。
sessions-back = 返回
sessions-cancel = 取消
sessions-revoke-links = 撤销链接…
sessions-revoke-links-of = 撤销 { $name } 的链接
sessions-people-links = 结束会话不会撤销分享链接。如需停止某人分享的全部内容，请同时撤销其链接。
sessions-no-match = 没有匹配的人员
sessions-no-match-next = 请减少或更换关键词。

## share: Texts of a share link's page.

share-product = Gantry
share-tag = 标签
share-image = 镜像
share-repository = 仓库
share-of = 所属仓库 `{ $repository }`，注册表 `{ $registry }`
share-in-registry = 注册表 `{ $registry }`
share-title-tag = { $repository } 的 { $tag }
share-read-only = 分享链接
share-made = 由 { $name }（{ $team } 团队）于 { $when } 创建。
share-expires = { $within }到期（{ $when }）。

share-moved = 已移动
share-changed = 已变化
share-unchanged = 无变化
share-no-difference = 未发现差异
share-returned = 已移回同一镜像
share-as-before = 与当时相同，其间标签有移动
share-again = 曾被删除，已重新推送
share-again-created = 曾被删除，已重新创建
share-same-image-other-tags = 镜像相同，其他标签有变化
share-same-image-partly-changed = 镜像相同，部分信息有变化
share-still-there-other-tags = 仍在，标签有变化
share-still-there-partly-changed = 仍在，部分信息有变化
share-not-there-now = 已不存在
share-tag-not-there-now = 标签已删除
share-not-known = 当前未知
share-verdict-as-of = 截至 { $when }：{ $verdict }
share-as-of = 截至 { $when }。
share-settings-as-of = 设置截至 { $when }。

share-named = `{ $version }`（`{ $digest }`）
share-bare = `{ $name }`
share-tag-moved = `{ $tag }` 从 { $then } 移动到了 { $now }。
share-tag-went-back = `{ $tag }` 回退到了较旧的镜像：{ $then } → { $now }。
share-earlier-image-stays = 之前的镜像 { $image } 仍在仓库中。
share-earlier-image-gone = 之前的镜像 { $image } 已不在仓库中。
share-digests = 摘要：{ $when }为 `{ $then }`，现在为 `{ $now }`。
share-tag-stayed = `{ $tag }` 指向 { $now }，与{ $when }相同。Gantry 未观察到其间指向其他镜像。
share-tag-pointed = { $when }，`{ $tag }` 指向 { $then }。
share-tag-returned = `{ $tag }` 指向 { $now }，与{ $when }是同一镜像。
share-between = 在 { $before } 与 { $after } 之间
share-at = 于 { $when }
share-elsewhere-in-between =
    { $others ->
        [0] 其间它曾指向 { $image }：{ $left }移走，{ $back }移回。
       *[other] 其间它曾指向 { $image }，在此之前还指向过另外 { $others } 个镜像：{ $left }移走，{ $back }移回。
    }
share-away-in-between = 它曾被删除（{ $left }），{ $back } 时已恢复。
share-tag-moved-and-back = `{ $tag }` 曾移走，后又移回。
share-tag-deleted-and-back = `{ $tag }` 曾被删除，后重新推送。
share-tags-returned = { $count } 个标签其间曾移动或被删除，现在指向与当时相同的镜像：{ $names }。
share-moved-between = 移动发生{ $span }。
share-moved-last-between = 此后观察到移动 { NUMBER($times) } 次，最近一次{ $span }。
share-moved-by-deletion = 它曾被删除（{ $span }），{ $after } 时已恢复。
share-moved-before = 移动发生在 { $after } 之前。
share-tag-deleted = 标签 `{ $tag }` 已被删除。
share-tag-deleted-alone = 标签 `{ $tag }` 已被删除；镜像 { $image } 仍在。
share-tag-deleted-with-image = 标签 `{ $tag }` 已被删除；镜像 { $image } 也已不存在。
share-tag-deleted-after-move = 标签 `{ $tag }` 已被删除。在此之前，它已移动到 { $image }。
share-both-images-stay = 两个镜像都仍在仓库中。
share-image-stays-too = 镜像 { $image } 仍在仓库中。
share-image-went-too = 镜像 { $image } 已不在仓库中。
share-tag-unsure = { $when }，`{ $tag }` 指向 { $then }。Gantry 暂时无法读取它现在的指向。
share-tag-then = { $when }，`{ $tag }` 指向 { $then }。之后它可能已移动：此链接不显示现在的内容。
share-tag-now = `{ $tag }` 指向 { $now }。
share-last-seen = Gantry 最后一次看到该标签是在 { $seen }；{ $since } 时它已不存在。
share-image-stays = 镜像 { $image } 仍在仓库中。
share-image-there = 镜像 { $image } 在仓库中，与{ $when }相同。其间是否曾被删除，无从得知。
share-image-again = 镜像 { $image } 又在仓库中：它{ $deleted }被删除，并于 { $pushed } 重新推送。
share-image-pushed-again = 该镜像{ $deleted }被删除，并于 { $pushed } 重新推送。
share-image-went = { $when }镜像 { $image } 在仓库中。现在已不存在。
share-image-deleted = 它{ $span }被删除。
share-image-was = { $when }镜像 { $image } 在仓库中。
share-image-then = { $when }的镜像 { $image }。此链接不显示它现在是否仍在。
share-image-now = 镜像 { $image } 在仓库中。
share-image-gone = 镜像 { $image } 已不存在。
share-created-again = `{ $name }` 曾被删除，并于 { $when } 重新创建。
share-differs = { $what }：现在为 { $now }，当时为 { $then }。
share-repository-changed = { $when } `{ $name }` 有 { $then }；现在有 { $now }。
share-repository-stayed = `{ $name }` 仍有 { $now }，与{ $when }相同。
share-repository-as-many = `{ $name }` 有 { $now }，数量与{ $when }相同。
share-repository-then = { $when } `{ $name }` 有 { $then }。此链接不显示现在的内容。
share-repository-now = `{ $name }` 有 { $now }。
share-repository-went = { $when } `{ $name }` 有 { $then }。现在该仓库已不存在。
share-repository-gone = `{ $name }` 已不存在。
share-repository-had = { $when } `{ $name }` 有 { $then }。
share-ecr-lacks-repository = Amazon ECR 表示仓库 `{ $name }` 已不存在。
share-counted-otherwise = { $when } `{ $name }` 有 { $then }，现在有 { $now }。这两个数字无法比较：其中至少一个把镜像的平台也计为镜像。
share-images-left = { $count } 个镜像已被删除：{ $names }。
share-images-came = 新增 { $count } 个镜像：{ $names }。
share-images-again = { $count } 个镜像曾被删除，后重新推送：{ $names }。
share-images-apart = { $count } 个无标签镜像原属于已被删除的镜像，现在仍在：{ $names }。
share-tags-same = 全部 { $count } 个标签都指向相同的镜像。
share-no-tags = 当时没有标签，现在也没有。
share-tags-differ = { $count } 个标签有变化：{ $parts }。
share-tag-part-moved = `{ $tag }` 从 { $then } 移动到 { $now }
share-tag-part-gone = `{ $tag }` 已被删除
share-tag-part-new = `{ $tag }` 是新增的
share-others-moved = 另有 { $count } 个标签移动
share-others-gone = 另有 { $count } 个标签已被删除
share-others-new = 另有 { $count } 个标签是新增的
share-others-differ = 还有 { $count } 个标签有变化
share-part-comma = ；
share-and-more = 另有 { $count } 个
share-tags-in-part = 比较了 { $all } 个标签中的 { $compared } 个。此链接未保存其余 { $others } 个：它们是否变化、哪些标签是新增的，均未知。
share-tags-in-part-same = 比较了 { $all } 个标签中的 { $compared } 个，均无变化。此链接未保存其余 { $others } 个：它们是否变化、哪些标签是新增的，均未知。
share-tags-not-kept = 未比较标签：此链接由旧版 Gantry 创建，当时没有保存标签。
share-tags-not-read = 未比较标签：Gantry 尚未读取现在的标签。
share-unsure = Gantry 暂时无法读取 `{ $name }` 现在的内容。
share-differences = 差异
share-difference = 项目
share-version = 版本
share-findings = 漏洞
share-of-its-indexes = 所属索引的签名、SBOM 与证明
share-index-has = { $index }：{ $names }
share-tag-absent = 没有此标签
share-more-differ = 另有 { $count } 个标签有变化，因篇幅所限未列出。
share-open = 在 Gantry 中打开
share-open-about = 适用于可登录且有权查看的人员。
share-seen-at = 从 Amazon ECR 读取于 { $when }。
share-created-at = 链接创建时间：{ $when }。
share-pushed = 推送于 { $when }。
share-image-pushed = 该镜像推送于 { $when }。
share-artifact-pushed = 该制品推送于 { $when }。
share-when-created = 创建此链接时
share-when-seen = 最近一次读取时（{ $at }）
share-not-read-anew = 创建此链接时，Gantry 未能重新读取 Amazon ECR。

share-then = 创建此链接时
share-then-seen = 最近一次读取时（{ $at }）
share-now = 现在
share-and-now = { $then }与现在
share-image-not-there = 镜像已不存在：创建此链接之后被删除。
share-repository-not-there = 仓库已不存在。
share-reference = 引用
share-digest = 摘要
share-tags = 指向它的标签
share-other-tags = 指向它的其他标签
share-no-other-tags = 无
share-images-now = 现在的镜像
share-no-images = 没有镜像。
share-images-then = { $when }的镜像
share-images-in-part = 显示 { $all } 个镜像中的 { $shown } 个，此链接未保存其余镜像。
share-printed = 打印时最多显示前 { NUMBER($count) } 个镜像，其余见页面。
share-environment-hidden = 环境变量的值已隐藏；设置、标记与注解中重复出现的值也已隐藏：8 个字符及以上的在任何位置，4 至 7 个字符的仅在独立成词时，更短的不隐藏。若变量名也表明其含义，则表示版本、标题、提交与来源的标记仍会显示该值。构建步骤仅保留首个词。
share-accounts-hidden = 账户编号已隐藏：均以 `{ $stand-in }` 代替，推送内容中的其他 12 位数字亦然。
share-not-shown = 未显示的内容
share-cut = 因篇幅所限未显示：{ $parts }。
share-more = { $count } { $part }
share-comma = 、
share-in-brackets = （{ $text }）
share-pulled-now = 最近拉取（截至现在）
share-part-images = 个镜像
share-part-tags = 个标签
share-part-sightings = 条更早的指向
share-part-platforms = 个平台
share-part-indexes = 个索引
share-part-resource-tags = 个资源标签
share-part-layers = 个镜像层及其地址
share-part-annotations = 个注解
share-part-settings = 项入口点、命令、健康检查、端口与卷
share-part-environment = 个环境变量
share-part-labels = 个标记
share-part-history = 个构建步骤
share-part-referrers = 个签名、SBOM 与证明
share-part-findings = 个漏洞
share-ends-here = 此链接只显示此页面。
share-read-at = 从 Amazon ECR 读取于 { $when }。刷新可查看更新的状态。
share-request = 请求 { $id }

share-gone-title = 没有这个链接
share-gone = 它可能从未存在、已过期、已被撤销，仓库已被删除，或者它所属的团队已无权查看。Gantry 不区分这些情况。
share-gone-next = 请检查地址是否复制完整，或请提供链接的人重新创建。
share-undecided-title = 暂时无法显示
share-undecided = Gantry 现在无法确认此链接是否可以显示，因此暂不显示。
share-undecided-next = 没有任何内容被更改，链接可能仍然有效。请一分钟后重试。
share-unreadable-title = 无法显示此链接
share-newer = 此链接由更新版本的 Gantry 创建，当前版本无法读取。
share-newer-next = 没有任何内容被更改。Gantry 可能正在更新：请几分钟后重试，或联系 Gantry 管理员。
share-unreadable = Gantry 无法读取为此链接保存的内容。
share-unreadable-next = 没有任何内容被更改。请创建新链接，或向 Gantry 管理员提供下方的请求编号。

## shell: Texts of the frame of every page.

shell-product = Gantry
shell-title = { $page } · Gantry
shell-skip = 跳到正文
shell-main-navigation = 主导航
shell-trail = 所在位置
shell-repositories = 仓库
shell-access = 我的权限
shell-audit = 审计日志
shell-links = 分享链接
shell-people = 人员
shell-sessions = 您的会话
shell-search = 搜索
shell-no-teams = 未加入团队
shell-administrator = 管理员
shell-account-menu = 账户与偏好
shell-teams = 团队
shell-theme = 主题
shell-theme-system = 跟随系统
shell-theme-light = 浅色
shell-theme-dark = 深色
shell-language = 语言
shell-sign-out = 退出登录
shell-sign-out-everywhere = 在所有设备上退出
shell-sign-in = 登录
shell-version = Gantry { $number }
shell-request = 请求 { $id }

## sign-in: Texts of the sign-in page.

sign-in-title = 登录
sign-in-lead = 查看您的团队有权查看的容器镜像，仅此而已。
sign-in-choose = 请选择一个身份。本演示不需要密码。
sign-in-sign-in-as = 以 { $name } 登录
sign-in-sign-in-with = 使用 { $provider } 登录
sign-in-at-the-provider = 您将在那里登录，之后会回到所请求的页面。
sign-in-not-by-load-balancer = 此请求没有附带登录信息
sign-in-not-by-load-balancer-next = 登录由 Gantry 前面的负载均衡器完成。请用常用地址打开 Gantry；如果已经如此，请告诉运维人员：可能缺少身份验证规则，或规则与 Gantry 的配置不一致。
sign-in-nobody-signed-in = 您尚未登录。没有任何内容被更改。
sign-in-ended = 您的会话已结束
sign-in-ended-next = 请重新登录，之后会回到原来的页面。
sign-in-denied = 登录被拒绝
sign-in-denied-next = 您或登录服务拒绝了登录。请重试，或申请 Gantry 的访问权限。
sign-in-expired = 登录超时
sign-in-expired-next = 请重新登录，并在十分钟内完成。
sign-in-state = 此回应不属于在此处开始的登录
sign-in-state-next = 它已被使用过，或是在另一个浏览器中开始的。请重新登录。
sign-in-token = 无法信任登录服务的回应
sign-in-token-next = 请重试。若仍然出现，请告诉 Gantry 的运维人员，日志中有具体原因。
sign-in-provider = 登录服务未能正常响应
sign-in-provider-next = 请稍后重试。已登录的人不受影响。
sign-in-limited = 当前登录次数过多
sign-in-limited-next = 请等一分钟后重试。
sign-in-signed-out = 已退出 Gantry
sign-in-signed-out-next = 同时退出登录服务

## tag: Texts of a tag's page.

tag-title = 标签
tag-reference = 镜像引用
tag-settings-as-of = 仓库设置读取于 { $when }。
tag-points-at = 指向
tag-siblings = 指向它的其他标签
tag-no-siblings = 无
tag-advice-floating = 此标签随时可能指向其他镜像，不同节点可能因此运行不同内容。部署时请使用摘要。
tag-advice-unknown = 此标签可能指向其他镜像。部署时请使用摘要。
tag-advice-or = 或使用同一镜像的不可变标签：
tag-advice-locked = 推送无法移动此标签，但有权删除镜像的人可以将其删除并重新推送。摘要永远不变，使用摘要部署最可靠。
tag-advice-unique = 此标签看似唯一，但仍可能移动。部署时请使用摘要，或将仓库标签设为不可变。
tag-history = 指向历史
tag-history-note = Amazon ECR 不保存历史。以下是 Gantry 观察到的内容。两次读取之间移走又移回的情况，以及历史开始之前的情况，均未知。
tag-created-between = 创建时指向 { $image }，时间在 { $after } 与 { $before } 之间。
tag-created-at = 创建时指向 { $image }，时间为 { $when }。
tag-created-again-between = 重新创建时指向 { $image }，时间在 { $after } 与 { $before } 之间。
tag-created-again-at = 重新创建时指向 { $image }，时间为 { $when }。
tag-moved-between = 于 { $after } 与 { $before } 之间从 { $old } 移动到 { $new }。
tag-moved-at = 于 { $when } 从 { $old } 移动到 { $new }。
tag-moved-before = 在 { $before } 之前从 { $old } 移动到 { $new }。
tag-deleted-between = 被删除时指向 { $image }，时间在 { $after } 与 { $before } 之间。
tag-deleted-at = 被删除时指向 { $image }，时间为 { $when }。
tag-first-pointed = 历史开始时（{ $when }）指向 { $image }。更早的指向未知。
# $from, $until
tag-gap = { $from } 至 { $until } 期间，Gantry 未查看。期间移走又移回的情况无法得知。
tag-more-gaps = 更早还有 { $count } 段时间未查看。
tag-now = 现在
tag-before = 历史开始之前
tag-not-there = 不存在
tag-first-seen = Gantry 首次看到
tag-seen-since = 自 { $at } 起观察到
tag-first-look = 历史开始
tag-timeline = 时间线：历史开始以来指向过 { $count } 个镜像
tag-full-history = 完整历史，以及某一时间的指向
tag-space = {""}
tag-more-sightings = 另有 { $count } 条更早的指向未列出
tag-is-gone = 它已被删除。
tag-returns = 被删除后又重新推送 { $count } 次。
tag-no-move = 未观察到移动。
tag-moves = 观察到移动 { $count } 次。
