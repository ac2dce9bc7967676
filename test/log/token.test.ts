import assert from "node:assert/strict";
import { test } from "node:test";
import { findToken } from "../../server/src/log/token.ts";

const shapes: readonly (readonly [string, string | undefined])[] = [
  ["cmsmtp 203.0.113.7 blocked AUP#CNCT:", "AUP#CNCT"],
  ["cmsmtp 203.0.113.7 blocked AUP#In-1340", "AUP#In-1340"],
  ["see [AUP#CXBL) now", "AUP#CXBL"],
  ["[TSS04] Messages from", "TSS04"],
  ["[IPTS04] Messages from", "IPTS04"],
  ["- [PH01] Email not accepted", "PH01"],
  ["[BL21] Connections", "BL21"],
  ["try again later [#4.16.1].", "#4.16.1"],
  ["Message not allowed - [299]", "[299]"],
  ["not allowed - VS98-IP0 deferred", "VS98-IP0"],
  ["try again later : (DNS:NR) https://postmaster.aol.com/error-codes#421dnsnr", "DNS:NR"],
  [":  (HVU:B1) http://postmaster.info.aol.com/errors/554hvub1.html", "HVU:B1"],
  ["is on our block list (S3150). You can [#.eop-nam02.prod.protection.outlook.com]", "S3150"],
  [
    "mailbox unavailable (S2017062302). [DM6NAM12FT023.eop-nam12.prod.protection.outlook.com 2026-11-23T18:16:04.000Z 08DE29A7C1B35F11]",
    "S2017062302",
  ],
  ["DY-001 (BAY004-MC3F21) Unfortunately", "DY-001"],
  ["LinkID=526655 AS(1430) [BN8NAM12FT041.x]", "AS(1430)"],
  ["Too many recipients (AS780090) [x]", "AS780090"],
  ["blocked using Spamhaus AS16012611 [x]", "AS16012611"],
  ["smtp-error-codes.php#BL000000", "BL000000"],
  ["Throttled php#RL000002", "RL000002"],
  ["https://postmaster.gmx.net/en/case?c=r0201&i=ip&v=203.0.113.25", "r0201"],
  ["https://postmaster.kundenserver.de/en/case?c=hi&i=hi", "hi"],
  ["spamming issues. OFR006_102 Ref http://csi.cloudmark.com/reset-request/?ip=203.0.113.25 [102]", "OFR006_102"],
  ["Unknown recipient LPN416", "LPN416"],
  ["Mail rejete. Mail rejected. ofr_506 [506]", "ofr_506"],
  ["blocked using Spamhaus https://www.spamhaus.org/lookup/ LPNAAA_101", "LPNAAA_101"],
  ["Client host rejected: Abus detecte GU_EIB_02", "GU_EIB_02"],
  ["Service refused due to bad behavior SFR_IN_103", "SFR_IN_103"],
  ["HL:IPB 163 mx21,PMCow", "HL:IPB"],
  ["DT:SPM .For more information", "DT:SPM"],
  ["[CS01] Message rejected due to local policy", "CS01"],
  ["[HME1] This message was blocked", "HME1"],
  ["Connection refused - OXSUS0001_304 - https://postmaster-oxsus.vadesecure.com/#OXSUS0001_304", "OXSUS0001_304"],
  ["Connection deferred ELNK_110", "ELNK_110"],
  ["bizsmtp IB105. Connection refused.", "IB105"],
  ["ETP205 DMARC Failure", "ETP205"],
  ["Recipient address rejected: ERS-Customized-Block.", "ERS-Customized-Block"],
  ["<pat@example.net>: Recipient address rejected: ERS-RBL.", "ERS-RBL"],
  ["Requested action aborted [9] , please try again later", "[9]"],
  ["blocked using zen.spamhaus.org; https://x", "zen.spamhaus.org"],
  ["203.0.113.11 is listed at zen.spamhaus.org (127.0.0.2: x)", "zen.spamhaus.org"],
  ["blocked using b.barracudacentral.org.", "b.barracudacentral.org"],
  ["553 5.3.0 flph825 DNSBL:ATTRBL 521< 203.0.113.25 >_is_blocked.", "DNSBL:ATTRBL 521"],
  ["http://security.rr.com/mail_blocks.htm#dynamic", "dynamic"],
  ["blocked using Barracuda Reputation; http://x", undefined],
  ["blocked using Spamhaus. To request", undefined],
  ["Helo domain is listed in Spamhaus. To request", undefined],
  ["[203.0.113.25 15] Our system has detected", undefined],
  ["community.mimecast.com/docs/DOC-1369#550 [V1kfEY4uNbOm9c0yA2t7Zw.us401]", undefined],
  ["[Name=Protocol Filter Agent][AGT=PFA][MxId=11BCD34AF5E6D708]", undefined],
  ["Ok: queued as OXSUS0001 by ELNK-110", undefined],
  ["hosted by AS16509", undefined],
  ["AUP# alone", undefined],
  ["[1] Message rejected under suspicion of SPAM", undefined],
  ["Ok: queued as 4XyCOHENW2M", undefined],
  ["Ok: queued as ofr123456", undefined],
  ["https://www.gmx.net/mail/senderguidelines?c=bl", undefined],
];

for (const [text, token] of shapes) {
  test(`${token ?? "no token"} is seen in ${JSON.stringify(text.slice(0, 70))}`, () => {
    const found = findToken(`550 ${text}`, 4, text.length + 4);
    assert.equal(found?.text, token);
    if (found !== undefined) assert.equal(`550 ${text}`.slice(found.start, found.end), token);
  });
}

test("the provider's own code ranks before the list that it names", () => {
  const text = "Client host [203.0.113.25] blocked using zen.spamhaus.org AS(1450)";
  assert.equal(findToken(text, 0, text.length)?.text, "AS(1450)");
});

test("nothing is seen beyond the end of the reply", () => {
  const text = "550 no (in reply to RCPT) AUP#CXBL";
  assert.equal(findToken(text, 0, 20), undefined);
});
