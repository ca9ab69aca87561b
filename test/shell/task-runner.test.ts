import { expect, test } from "vitest";
import { taskRunnersIn } from "../../src/shell/task-runner.ts";

test.each([
  ["make build", ["make build"]],
  ["make -j2", ["make"]],
  ["composer install --no-dev && composer install-cli", ["composer install-cli"]],
  ["composer run-script cli", ["composer run-script"]],
  ["npm ci\nnpm run build", ["npm run"]],
  ["yarn install; yarn build", ["yarn build"]],
  ["python3 build/prepare.py", ["python3 build/prepare.py"]],
  ["cd web && /usr/bin/make", ["make"]],
])("%j runs what is written elsewhere", (script, found) => {
  expect(taskRunnersIn(script)).toEqual(found);
});

test.each([
  "composer install",
  "composer --version",
  "npm install",
  "# make build",
  'echo "make build"',
  "python3 -c 'print(1)'",
  "bash scripts/install.sh",
])("%j doesn't", (script) => {
  expect(taskRunnersIn(script)).toEqual([]);
});
