-- Rows as releases with migration 0006 wrote them: some are as the first release left them. The test that reads them sets when sessions and links begin and end.

INSERT INTO person (id, name, member_of, seen) VALUES ('tests ana', 'ANA', '["developers","on-call \"A\" é\\"]', 1795870339);
INSERT INTO person (id, name, member_of, seen) VALUES ('tests ben', 'BEN', '["checkout"]', 1795870339);
INSERT INTO person (id, name, member_of, seen) VALUES ('tests farah', 'FARAH', '["platform"]', 1795870339);

INSERT INTO session (id, person, content, begun, used, ends, network, browser) VALUES ('a1a1', 'tests ana', '{}', 1795870339, 253402300799, 253402300799, '203.0.113.0/24', 'Firefox, Linux');
INSERT INTO session (id, person, content, begun, used, ends, network, browser) VALUES ('b2b2', NULL, '{"sign_ins":[{"salt":"s-1","return_to":"/repositories","begun":1795870339}]}', 1795870339, 253402300799, 253402300799, NULL, NULL);
-- Began before migration 0002.
INSERT INTO session (id, person, content, begun, used, ends, network, browser) VALUES ('c3c3', 'tests ana', '{}', NULL, 253402300799, 253402300799, NULL, NULL);

-- Kept by the release before.
INSERT INTO link (id, secret, registry, repository, tag, digest, moment, shows_environment, shows_accounts, note, maker, team, principal, made, expires, revoked, revoked_by, views, viewed, viewed_from, frozen) VALUES ('xd3C2AEk', '25e34779899dd4878534fde49678d0e00313bad172786583c13a3e079e5d83a1', 'retail', 'team/api', NULL, NULL, 'frozen', 0, 0, 'INC-4711', 'tests ana', 'developers', 'arn:aws:iam::111122223333:role/developer', 1795870342, 253402300799, NULL, NULL, 1, 1795870342, '203.0.113.0/24', '{"view":{"Repository":{"detail":{"registry":"retail","name":"team/api","sight":"Images","through":[{"Team":{"team":"developers","principal":"arn:aws:iam::000000000000:role/developer"}}],"arn":"arn:aws:ecr:eu-central-1:000000000000:repository/team/api","source":{"uri":"127.0.0.1:44995/team/api","region":"eu-central-1","endpoint_url":"http://127.0.0.1:44995"},"pull":{"Shown":{"through":{"Team":{"team":"developers","principal":"arn:aws:iam::000000000000:role/developer"}},"value":null}},"created":1795870339,"mutability":"Mutable","scan_on_push":false,"encryption":"AES256","resource_tags":{"Absent":{"through":{"Team":{"team":"developers","principal":"arn:aws:iam::000000000000:role/developer"}}}},"policy":{"Shown":{"through":{"Team":{"team":"developers","principal":"arn:aws:iam::000000000000:role/developer"}},"value":true}},"lifecycle":{"Absent":{"through":{"Team":{"team":"developers","principal":"arn:aws:iam::000000000000:role/developer"}}}},"counts":{"images":1,"untagged":0,"tags":1,"size":79,"findings":[0,0,0,0,0,0]},"as_of":1795870342,"now":1795870342},"images":{"rows":[{"digest":"sha256:0abd71b7feeb528999bb1956f8154f8ec96bbdc6e19dbfd5acf9a5688dc0694b","tags":[{"tag":"prod","kind":"LooksStable"}],"facts":{"kind":"Image","platforms":[],"size":79,"pushed":1795870342,"pulled":null,"scan":"None","archived":false}}],"total":1,"matching":1,"number":1,"pages":1,"as_of":1795870342,"incomplete":false,"problem":null,"now":1795870342}}},"more":[]}');
INSERT INTO link (id, secret, registry, repository, tag, digest, moment, shows_environment, shows_accounts, note, maker, team, principal, made, expires, revoked, revoked_by, views, viewed, viewed_from, frozen) VALUES ('XttdAaM4', 'a668aaa96c1b0edaf8889310c2ca51b694521798169e8583e119efec2178724c', 'retail', 'team/api', 'prod', NULL, 'both', 0, 0, 'INC-4711', 'tests ana', 'developers', 'arn:aws:iam::111122223333:role/developer', 1795870342, 253402300799, NULL, NULL, 1, 1795870342, '203.0.113.0/24', '{"version":4294967295}');
INSERT INTO link (id, secret, registry, repository, tag, digest, moment, shows_environment, shows_accounts, note, maker, team, principal, made, expires, revoked, revoked_by, views, viewed, viewed_from, frozen) VALUES ('1X5jZ3Q4', '8d037a7c6a4518a42db0bf47d7182ec023b226384075d04078ba613e763219c5', 'retail', 'team/api', NULL, 'sha256:0abd71b7feeb528999bb1956f8154f8ec96bbdc6e19dbfd5acf9a5688dc0694b', 'frozen', 1, 0, 'INC-4711', 'tests ana', 'developers', 'arn:aws:iam::111122223333:role/developer', 1795870342, 253402300799, NULL, NULL, 1, 1795870342, '203.0.113.0/24', '{"version":4294967295}');
INSERT INTO link (id, secret, registry, repository, tag, digest, moment, shows_environment, shows_accounts, note, maker, team, principal, made, expires, revoked, revoked_by, views, viewed, viewed_from, frozen) VALUES ('HJALrMea', '241db76164aa0c5a9fbc48ed095a0932ac26119ed2298a21c745baec070eed10', 'retail', 'team/api', 'prod', NULL, 'live', 0, 0, 'INC-4711', 'tests ana', 'developers', 'arn:aws:iam::111122223333:role/developer', 1795870342, 253402300799, NULL, NULL, 1, 1795870342, '203.0.113.0/24', NULL);
INSERT INTO link (id, secret, registry, repository, tag, digest, moment, shows_environment, shows_accounts, note, maker, team, principal, made, expires, revoked, revoked_by, views, viewed, viewed_from, frozen) VALUES ('XEelYWW9', '4b1de95b8fd82bcaf1e2a3b375a8346c92ce40f46d682ea413afc0c0189fde59', 'retail', 'team/api', 'prod', NULL, 'both', 0, 0, 'INC-4711', 'tests ana', 'developers', 'arn:aws:iam::111122223333:role/developer', 1795870342, 253402300799, 1795870342, 'tests farah', 0, NULL, NULL, NULL);

INSERT INTO link_kept (link, content) VALUES ('XttdAaM4', '{"view":{"Tag":{"label":{"tag":"prod","kind":"LooksStable"},"image":{"digest":"sha256:0abd71b7feeb528999bb1956f8154f8ec96bbdc6e19dbfd5acf9a5688dc0694b","tags":[{"tag":"prod","kind":"LooksStable"}],"facts":{"kind":"Image","platforms":[],"size":79,"pushed":1795870342,"pulled":null,"scan":"None","archived":false}},"siblings":[],"seen":[{"digest":"sha256:0abd71b7feeb528999bb1956f8154f8ec96bbdc6e19dbfd5acf9a5688dc0694b","first_seen":1795870342}],"context":{"registry":"retail","name":"team/api","through":[{"Team":{"team":"developers","principal":"arn:aws:iam::000000000000:role/developer"}}],"source":{"uri":"127.0.0.1:44995/team/api","region":"eu-central-1","endpoint_url":"http://127.0.0.1:44995"},"pull":{"Shown":{"through":{"Team":{"team":"developers","principal":"arn:aws:iam::000000000000:role/developer"}},"value":null}},"as_of":1795870342,"now":1795870342}}},"more":[]}');
INSERT INTO link_kept (link, content) VALUES ('1X5jZ3Q4', '{"view":{"Image":{"context":{"registry":"retail","name":"team/api","through":[{"Team":{"team":"developers","principal":"arn:aws:iam::000000000000:role/developer"}}],"source":{"uri":"127.0.0.1:44995/team/api","region":"eu-central-1","endpoint_url":"http://127.0.0.1:44995"},"pull":{"Shown":{"through":{"Team":{"team":"developers","principal":"arn:aws:iam::000000000000:role/developer"}},"value":null}},"as_of":1795870342,"now":1795870342},"image":{"digest":"sha256:0abd71b7feeb528999bb1956f8154f8ec96bbdc6e19dbfd5acf9a5688dc0694b","tags":[{"tag":"prod","kind":"LooksStable"}],"facts":{"kind":"Image","platforms":[],"size":79,"pushed":1795870342,"pulled":null,"scan":"None","archived":false}},"part_of":[],"manifest":{"Shown":{"through":{"Team":{"team":"developers","principal":"arn:aws:iam::000000000000:role/developer"}},"value":{"media_type":"application/vnd.oci.image.manifest.v1+json","raw":"","children":[],"layers":[{"digest":"sha256:c9bb9e745018de535f9d7ceaa260d515637d7fb8509c0cef00118599a696c067","size":9,"media_type":"application/vnd.oci.image.layer.v1.tar","created_by":null,"urls":[]}],"annotations":[],"subject":null}}},"config":{"Shown":{"through":{"Team":{"team":"developers","principal":"arn:aws:iam::000000000000:role/developer"}},"value":{"platform":{"os":"linux","architecture":"amd64","variant":null},"created":null,"author":null,"entrypoint":[],"command":[],"user":null,"working_directory":null,"stop_signal":null,"environment":[["CONTENT","one"]],"ports":[],"volumes":[],"labels":[],"history":[],"cut":0}}},"referrers":{"Absent":{"through":{"Team":{"team":"developers","principal":"arn:aws:iam::000000000000:role/developer"}}}},"findings":{"Absent":{"through":{"Team":{"team":"developers","principal":"arn:aws:iam::000000000000:role/developer"}}}}}},"more":[]}');

INSERT INTO audit (number, at, event, outcome, person, person_name, team, principal, address, action, registry, repository, arguments, statement, request, searched, hash) VALUES (3, 1795870339, 'sign-in', 'done', 'tests ben', 'BEN', NULL, NULL, '203.0.113.77', NULL, NULL, NULL, '[]', NULL, '0001', 'tests ben
ben
203.0.113.77
0001', '6276cfb8551d38a2e3d479c6092ef2a5699bab528c8fd4e9c71bf509b8869883');
INSERT INTO audit (number, at, event, outcome, person, person_name, team, principal, address, action, registry, repository, arguments, statement, request, searched, hash) VALUES (4, 1795870342, 'audit-cut', 'done', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[["through","2"],["hash","c8f4c893284e6cfce3c081257e4a74307d4648d002ef0e369dafc47b18c1eade"]]', NULL, '', '2
c8f4c893284e6cfce3c081257e4a74307d4648d002ef0e369dafc47b18c1eade
', 'b3427d728fcbb95e62e6eebc36f583f9f55533c25d9f9918e8592fc5f8bc6479');
INSERT INTO audit (number, at, event, outcome, person, person_name, team, principal, address, action, registry, repository, arguments, statement, request, searched, hash) VALUES (5, 1795870342, 'sign-in', 'done', 'tests ana', 'ANA', NULL, NULL, '203.0.113.77', NULL, NULL, NULL, '[]', NULL, '0001', 'tests ana
ana
203.0.113.77
0001', '1eb294505e45cec7667c45a8d4121355111682edb72dc8eb3777212cb55ab714');
INSERT INTO audit (number, at, event, outcome, person, person_name, team, principal, address, action, registry, repository, arguments, statement, request, searched, hash) VALUES (6, 1795870342, 'sign-in', 'refused', NULL, NULL, NULL, NULL, '203.0.113.77', NULL, NULL, NULL, '[["problem","denied"]]', NULL, '0001', '203.0.113.77
denied
0001', '3fd96cea06dc414d98891015e157d40be5fd48ffd06ae7df3269fc75dd0d1e76');
INSERT INTO audit (number, at, event, outcome, person, person_name, team, principal, address, action, registry, repository, arguments, statement, request, searched, hash) VALUES (7, 1795870342, 'link-made', 'done', 'tests ana', 'ANA', 'developers', 'arn:aws:iam::111122223333:role/developer', '203.0.113.77', 'ecr:DescribeImages', 'retail', 'team/api', '[["link","xd3C2AEk"],["moment","frozen"],["expires","2026-11-29T12:52:22Z"],["note","INC-4711"]]', NULL, '0001', 'tests ana
ana
developers
arn:aws:iam::111122223333:role/developer
203.0.113.77
ecr:describeimages
retail
team/api
xd3c2aek
frozen
2026-11-29t12:52:22z
inc-4711
0001', '3b4447faff2a5dc7a06e552b347b9895bc3cce4c8f59f37ec4536131e836ff6c');
INSERT INTO audit (number, at, event, outcome, person, person_name, team, principal, address, action, registry, repository, arguments, statement, request, searched, hash) VALUES (8, 1795870342, 'link-viewed', 'done', NULL, NULL, 'developers', 'arn:aws:iam::111122223333:role/developer', '203.0.113.77', 'ecr:DescribeImages', 'retail', 'team/api', '[["link","xd3C2AEk"],["maker","tests ana"]]', NULL, '0001', 'developers
arn:aws:iam::111122223333:role/developer
203.0.113.77
ecr:describeimages
retail
team/api
xd3c2aek
tests ana
0001', '8bd609420fcb3141dfe2376d90a852ba93307c85ecdd3e5e4541a93e241e6997');
INSERT INTO audit (number, at, event, outcome, person, person_name, team, principal, address, action, registry, repository, arguments, statement, request, searched, hash) VALUES (9, 1795870342, 'link-made', 'done', 'tests ana', 'ANA', 'developers', 'arn:aws:iam::111122223333:role/developer', '203.0.113.77', 'ecr:DescribeImages', 'retail', 'team/api', '[["link","XttdAaM4"],["tag","prod"],["moment","both"],["expires","2026-11-29T12:52:22Z"],["note","INC-4711"]]', NULL, '0001', 'tests ana
ana
developers
arn:aws:iam::111122223333:role/developer
203.0.113.77
ecr:describeimages
retail
team/api
xttdaam4
prod
both
2026-11-29t12:52:22z
inc-4711
0001', '0a100f6ec93803f5d7ead3663575ac608a1253e7b84983a58787d9eeb9b25323');
INSERT INTO audit (number, at, event, outcome, person, person_name, team, principal, address, action, registry, repository, arguments, statement, request, searched, hash) VALUES (10, 1795870342, 'link-viewed', 'done', NULL, NULL, 'developers', 'arn:aws:iam::111122223333:role/developer', '203.0.113.77', 'ecr:DescribeImages', 'retail', 'team/api', '[["link","XttdAaM4"],["tag","prod"],["maker","tests ana"]]', NULL, '0001', 'developers
arn:aws:iam::111122223333:role/developer
203.0.113.77
ecr:describeimages
retail
team/api
xttdaam4
prod
tests ana
0001', '9adc985bf6a49e75adfba97141eb9b2d5579814b19fae7ddda0aa20d8d9b5c8b');
INSERT INTO audit (number, at, event, outcome, person, person_name, team, principal, address, action, registry, repository, arguments, statement, request, searched, hash) VALUES (11, 1795870342, 'link-made', 'done', 'tests ana', 'ANA', 'developers', 'arn:aws:iam::111122223333:role/developer', '203.0.113.77', 'ecr:DescribeImages', 'retail', 'team/api', '[["link","1X5jZ3Q4"],["digest","sha256:0abd71b7feeb528999bb1956f8154f8ec96bbdc6e19dbfd5acf9a5688dc0694b"],["moment","frozen"],["expires","2026-11-29T12:52:22Z"],["note","INC-4711"],["shows","environment"]]', NULL, '0001', 'tests ana
ana
developers
arn:aws:iam::111122223333:role/developer
203.0.113.77
ecr:describeimages
retail
team/api
1x5jz3q4
sha256:0abd71b7feeb528999bb1956f8154f8ec96bbdc6e19dbfd5acf9a5688dc0694b
frozen
2026-11-29t12:52:22z
inc-4711
environment
0001', '0560cfd5f0bf17c7252add81faa26eb1ac2681d3198ef65d697d95c108c6783b');
INSERT INTO audit (number, at, event, outcome, person, person_name, team, principal, address, action, registry, repository, arguments, statement, request, searched, hash) VALUES (12, 1795870342, 'link-viewed', 'done', NULL, NULL, 'developers', 'arn:aws:iam::111122223333:role/developer', '203.0.113.77', 'ecr:DescribeImages', 'retail', 'team/api', '[["link","1X5jZ3Q4"],["digest","sha256:0abd71b7feeb528999bb1956f8154f8ec96bbdc6e19dbfd5acf9a5688dc0694b"],["maker","tests ana"]]', NULL, '0001', 'developers
arn:aws:iam::111122223333:role/developer
203.0.113.77
ecr:describeimages
retail
team/api
1x5jz3q4
sha256:0abd71b7feeb528999bb1956f8154f8ec96bbdc6e19dbfd5acf9a5688dc0694b
tests ana
0001', '7dea643f1fa30a0ad71882140023db785f459dd48a34bcb233a6c6c36ce23595');
INSERT INTO audit (number, at, event, outcome, person, person_name, team, principal, address, action, registry, repository, arguments, statement, request, searched, hash) VALUES (13, 1795870342, 'link-made', 'done', 'tests ana', 'ANA', 'developers', 'arn:aws:iam::111122223333:role/developer', '203.0.113.77', 'ecr:DescribeImages', 'retail', 'team/api', '[["link","HJALrMea"],["tag","prod"],["moment","live"],["expires","2026-11-29T12:52:22Z"],["note","INC-4711"]]', NULL, '0001', 'tests ana
ana
developers
arn:aws:iam::111122223333:role/developer
203.0.113.77
ecr:describeimages
retail
team/api
hjalrmea
prod
live
2026-11-29t12:52:22z
inc-4711
0001', '57dc7d5335aba434c426f87c900f91c466c97d3a0f6358fe1227418f3f593cb9');
INSERT INTO audit (number, at, event, outcome, person, person_name, team, principal, address, action, registry, repository, arguments, statement, request, searched, hash) VALUES (14, 1795870342, 'link-viewed', 'done', NULL, NULL, 'developers', 'arn:aws:iam::111122223333:role/developer', '203.0.113.77', 'ecr:DescribeImages', 'retail', 'team/api', '[["link","HJALrMea"],["tag","prod"],["maker","tests ana"]]', NULL, '0001', 'developers
arn:aws:iam::111122223333:role/developer
203.0.113.77
ecr:describeimages
retail
team/api
hjalrmea
prod
tests ana
0001', '6c0dc35d3ba5f4aca8ae7741c11e17ca5e2d8ff825c5d2476fd05074e303819e');
INSERT INTO audit (number, at, event, outcome, person, person_name, team, principal, address, action, registry, repository, arguments, statement, request, searched, hash) VALUES (15, 1795870342, 'link-made', 'done', 'tests ana', 'ANA', 'developers', 'arn:aws:iam::111122223333:role/developer', '203.0.113.77', 'ecr:DescribeImages', 'retail', 'team/api', '[["link","XEelYWW9"],["tag","prod"],["moment","both"],["expires","2026-11-29T12:52:22Z"],["note","INC-4711"]]', NULL, '0001', 'tests ana
ana
developers
arn:aws:iam::111122223333:role/developer
203.0.113.77
ecr:describeimages
retail
team/api
xeelyww9
prod
both
2026-11-29t12:52:22z
inc-4711
0001', '16184f11f354cee23621daa4d2ec781b4193f1c56511af191c741c4b19b9472b');
INSERT INTO audit (number, at, event, outcome, person, person_name, team, principal, address, action, registry, repository, arguments, statement, request, searched, hash) VALUES (16, 1795870342, 'link-revoked', 'done', 'tests farah', 'FARAH', 'developers', 'arn:aws:iam::111122223333:role/developer', '203.0.113.77', NULL, 'retail', 'team/api', '[["link","XEelYWW9"],["maker","tests ana"]]', NULL, '0001', 'tests farah
farah
developers
arn:aws:iam::111122223333:role/developer
203.0.113.77
retail
team/api
xeelyww9
tests ana
0001', '84f17deff090bff4f48abadb83a69ffa93dc4382d055712c90c4c10524991adc');
INSERT INTO audit (number, at, event, outcome, person, person_name, team, principal, address, action, registry, repository, arguments, statement, request, searched, hash) VALUES (17, 1795870342, 'write', 'begun', 'tests ana', 'ANA', 'developers', 'arn:aws:iam::111122223333:role/developer', '203.0.113.77', 'ecr:StartLifecyclePolicyPreview', 'retail', 'team/api', '[]', '#0', '0001', 'tests ana
ana
developers
arn:aws:iam::111122223333:role/developer
203.0.113.77
ecr:startlifecyclepolicypreview
retail
team/api
#0
0001', 'e6f2502f63fe3b29c0be4eecc762eaa80dfb155808fe18807b38eff3396be52a');
INSERT INTO audit (number, at, event, outcome, person, person_name, team, principal, address, action, registry, repository, arguments, statement, request, searched, hash) VALUES (18, 1795870342, 'write', 'failed', 'tests ana', 'ANA', 'developers', 'arn:aws:iam::111122223333:role/developer', '203.0.113.77', 'ecr:StartLifecyclePolicyPreview', 'retail', 'team/api', '[["problem","gone"]]', '#0', '0001', 'tests ana
ana
developers
arn:aws:iam::111122223333:role/developer
203.0.113.77
ecr:startlifecyclepolicypreview
retail
team/api
#0
gone
0001', '6b110acbc4366c549344b5a5c78f585f46f0e320a6f6c577a33a5792e57535ca');
INSERT INTO audit (number, at, event, outcome, person, person_name, team, principal, address, action, registry, repository, arguments, statement, request, searched, hash) VALUES (19, 1795870342, 'sessions-ended', 'done', 'tests farah', 'FARAH', NULL, NULL, '203.0.113.77', NULL, NULL, NULL, '[["of","tests ben"],["sessions","1"]]', NULL, '0001', 'tests farah
farah
203.0.113.77
tests ben
1
0001', 'e824d075c529add11e17000a2dc741857478bed581c521a6da0fe4973b341c82');

INSERT INTO audit_checkpoint (number, hash, made) VALUES (2, 'c8f4c893284e6cfce3c081257e4a74307d4648d002ef0e369dafc47b18c1eade', 1795870342);

INSERT INTO tag_repository (id, arn, created, first_read, began, ended, tags, changes, forgotten) VALUES (1, 'arn:aws:ecr:eu-central-1:111122223333:repository/team/kept', 1795870339123456789, 1795870340500, 1795870400000, 1795870400750, '33c5f19f0ec8dd1a47e8c5d2dcd4ae5c9cb7e1bd6d7c07ba7f66b44b9e0a3c11', 2, 1795870350250);
INSERT INTO tag_latest (repository, tag, digest) VALUES (1, 'prod', 'sha256:0000000000000000000000000000000000000000000000000000000000000002');
INSERT INTO tag_change (repository, number, tag, happened_after, happened_before, old_digest, new_digest) VALUES (1, 2, 'prod', 1795870360000, 1795870370250, 'sha256:0000000000000000000000000000000000000000000000000000000000000001', 'sha256:0000000000000000000000000000000000000000000000000000000000000002');
INSERT INTO tag_gap (repository, began, ended) VALUES (1, 1795870340500, 1795870350000);

INSERT INTO registry_event (number, id, part, place, kind, happened, received, tag, digest, principal) VALUES (1, '13cde686-328b-6117-af20-0e5566167482', 0, 'eu-central-1:111122223333:repository/team/kept', 'push', 1795870365000, 1795870366250, 'prod', 'sha256:0000000000000000000000000000000000000000000000000000000000000002', NULL);
INSERT INTO registry_event (number, id, part, place, kind, happened, received, tag, digest, principal) VALUES (2, 'cf044b7d-5f9d-11e9-9b2a-95983139cc57', 0, 'eu-central-1:111122223333:repository/team/kept', 'push', 1795870364000, 1795870666250, 'prod', 'sha256:0000000000000000000000000000000000000000000000000000000000000002', 'arn:aws:sts::111122223333:assumed-role/release-manager/ana');
INSERT INTO registry_event (number, id, part, place, kind, happened, received, tag, digest, principal) VALUES (3, '0d5c6e9b-8a7f-4b55-a6ce-5f6f0c1b7f11', 0, 'eu-central-1:111122223333:repository/team/kept', 'policy', 1795870367000, 1795870368250, NULL, NULL, NULL);
