import { beforeEach } from "vitest";

// `npm run test:share` begins no test after this moment; one that has begun comes to its own end, and so does its cleaning.
beforeEach(({ skip }) => {
  skip(Date.now() > Number(process.env["MACHINIST_TEST_SHARE_END"]), "the share's time is over");
});
