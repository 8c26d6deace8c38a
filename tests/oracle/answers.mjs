// answers.mjs DPC [--shared D] [--today D] DIR...
//
// Asks the IAM oracle whether it agrees with every answer of `dpc access` about DIR: for each role that the build emits,
// each place of an asset and each action that dpc knows, `dpc access list role:ROLE --all` must say what the emitted
// policies do. Exit status: 0 all agree, 1 something does not, 77 skipped.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Failure, node, parseArguments, prepareOracle, runMain, skip } from './tools.mjs'

const ACTIONS = {
  s3: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:ListMultipartUploadParts', 's3:PutObject'],
  kms: ['kms:Decrypt', 'kms:GenerateDataKey'],
  // Not glue:GetTables: for single tables the contract leaves it free.
  glue: ['BatchCreatePartition', 'BatchDeletePartition', 'BatchGetPartition', 'CreatePartition', 'CreateTable', 'DeletePartition', 'DeleteTable',
    'GetPartition', 'GetPartitions', 'GetTable', 'UpdatePartition', 'UpdateTable'].map((a) => `glue:${a}`),
}

function dpc(options, words) {
  try {
    return execFileSync(options.executable, words, { maxBuffer: 2 ** 31 - 1, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (e) {
    throw new Failure(`dpc ${words.join(' ')}: ${e.stderr || e.message}`)
  }
}

const json = (file) => JSON.parse(fs.readFileSync(file, 'utf8'))

/** The roots of a build that have AWS roles: where they lie, and their roles with the documents beside each trust policy. */
function rootsOf(folder) {
  const roots = {}
  for (const name of fs.readdirSync(folder)) {
    const root = { roles: [] }
    for (const block of blocksOf(path.join(folder, name))) {
      for (const provider of [block.provider?.aws ?? []].flat()) {
        root.region = provider.region
        root.account = provider.allowed_account_ids[0]
      }
      for (const role of Object.values(block.resource?.aws_iam_role ?? {}))
        if (fileOf(role.assume_role_policy)?.endsWith('/trust.json')) root.roles.push(roleOf(path.join(folder, name), role))
    }
    if (root.account) roots[name] = root
  }
  return roots
}

const blocksOf = (root) => fs.readdirSync(root).filter((f) => f.endsWith('.tf.json')).map((f) => json(path.join(root, f)))
const fileOf = (expression) => /path\.module\}\/(.*\.json)/.exec(expression)?.[1]

function roleOf(root, block) {
  const folder = path.join(root, path.dirname(fileOf(block.assume_role_policy)))
  const files = fs.readdirSync(folder).filter((f) => f !== 'trust.json')
  return { name: block.name, policies: files.map((f) => ({ name: f, policy: json(path.join(folder, f)) })) }
}

/** The owner's side of reads across accounts, as the build emits it: policies of buckets, keys and catalogs. */
function resourcePoliciesOf(folder, partition) {
  const policies = []
  for (const name of fs.readdirSync(folder)) {
    const blocks = blocksOf(path.join(folder, name))
    const account = blocks.flatMap((b) => [b.provider?.aws ?? []].flat())[0]?.allowed_account_ids[0]
    const add = (match, block) => policies.push({ match, accountId: account, policy: json(path.join(folder, name, fileOf(block.policy))) })
    for (const { resource } of blocks) {
      for (const block of Object.values(resource?.aws_s3_bucket_policy ?? {})) {
        add(`arn:${partition}:s3:::${block.bucket}`, block)
        add(`arn:${partition}:s3:::${block.bucket}/*`, block)
      }
      for (const block of Object.values(resource?.aws_kms_key_policy ?? {})) add(`arn:${partition}:kms:*:${account}:key/${block.key_id}`, block)
      for (const block of Object.values(resource?.aws_glue_resource_policy ?? {})) add(`arn:${partition}:glue:*:${account}:*`, block)
    }
  }
  return policies
}

/** KMS keys by bucket, as the declarations have them. */
function keysOf(directory) {
  const keys = {}
  for (const file of fs.readdirSync(directory, { recursive: true }).filter((f) => f.endsWith('.yaml'))) {
    const text = fs.readFileSync(path.join(directory, file), 'utf8')
    for (const match of text.matchAll(/name:\s*([\w.-]+)(?:,|\n)\s*key:\s*"(arn:[^"]+)"/g)) keys[match[1]] = match[2]
  }
  return keys
}

/** The account of each bucket that an answer names: S3 ARNs hold none. */
function bucketAccounts(answers, roots) {
  const accounts = {}
  for (const { placement } of answers.filter((a) => a.placement))
    for (const coordinate of placement.coordinates) {
      const bucket = /^s3:\/\/([^/]+)\//.exec(coordinate)?.[1]
      if (bucket) accounts[bucket] = roots[placement.environment].account
    }
  return accounts
}

/** The questions of one answer: what dpc says of each action on each of the coordinates. */
function queriesOf(answer, roots, keys, partition) {
  if (!answer.placement) return []
  const there = { ...roots[answer.placement.environment], partition }
  const queries = []
  const ask = (action, resource, context) =>
    queries.push({ id: `${answer.asset} in ${answer.placement.environment}: ${action}`, action, resource, context, expect: answer.actions.includes(action) ? 'allow' : 'deny' })
  for (const coordinate of answer.placement.coordinates) {
    const files = /^s3:\/\/([^/]+)\/(.*)$/.exec(coordinate)
    if (files) askFiles(files, there, keys, ask)
    const table = /^glue:([^.]+)\.(.*)$/.exec(coordinate)
    if (table) {
      const arn = `arn:${partition}:glue:${there.region}:${there.account}`
      const resources = [`${arn}:catalog`, `${arn}:database/${table[1]}`, `${arn}:table/${table[1]}/${table[2] === '*' ? 'any' : table[2]}`]
      for (const action of ACTIONS.glue) ask(action, resources)
    }
  }
  return queries
}

function askFiles([, bucket, prefix], there, keys, ask) {
  for (const action of ACTIONS.s3) {
    if (action === 's3:ListBucket') ask(action, `arn:${there.partition}:s3:::${bucket}`, prefix ? { 's3:prefix': `${prefix}a` } : {})
    else ask(action, `arn:${there.partition}:s3:::${bucket}/${prefix}a/part-0.parquet`)
  }
  // A key is shared by all of a bucket: whoever reads anything else there may use it. Only what dpc calls allowed is asked.
  if (keys[bucket]) ACTIONS.kms.forEach((action) => ask(action, keys[bucket], { 'kms:ViaService': `s3.${there.region}.amazonaws.com${there.partition === 'aws-cn' ? '.cn' : ''}` }))
}

const isKey = (query) => query.action.startsWith('kms:')

/** One role: its documents, and a question for each of dpc's answers. */
function documentOf(options, directory, environment, role, roots, keys) {
  const day = options.today ? ['--today', options.today] : []
  const { today, answers } = JSON.parse(dpc(options, ['access', 'list', `role:${role.name}`, '--env', environment, '--all', '--format', 'json', '-C', directory, ...day]))
  if (!answers.length) throw new Failure(`${role.name}: dpc access list says nothing`)
  const principalArn = answers[0].role
  const partition = principalArn.split(':')[1]
  const queries = answers.flatMap((answer) => queriesOf(answer, roots, keys, partition)).filter((q) => !isKey(q) || q.expect === 'allow')
  return {
    id: `${environment} ${role.name}`, principalArn, identityPolicies: role.policies, defaultKmsKeyPolicy: true, queries,
    resourcePolicies: resourcePoliciesOf(path.join(directory, 'generated/terraform'), partition),
    resourceAccounts: bucketAccounts(answers, roots),
    // Dated grants are judged at noon of the day that dpc judges by.
    context: { 'aws:CurrentTime': `${today}T12:00:00Z` },
  }
}

function documentsOf(options, directory, scratch) {
  const today = options.today ? ['--today', options.today] : []
  // A build writes beside what it reads.
  const copy = path.join(scratch, path.basename(directory))
  fs.cpSync(directory, copy, { recursive: true })
  dpc(options, ['build', '-C', copy, '--target', 'aws', ...today])
  const roots = rootsOf(path.join(copy, 'generated/terraform'))
  const keys = keysOf(directory)
  return Object.entries(roots).flatMap(([environment, root]) => root.roles.map((role) => documentOf(options, copy, environment, role, roots, keys)))
}

async function main() {
  const options = parseArguments(process.argv.slice(2))
  if (!options.directories.length) skip('there is no repository to ask about')
  const oracle = prepareOracle(options.shared)
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'dpc-answers-'))
  try {
    const documents = options.directories.flatMap((d) => documentsOf(options, d, scratch))
    const file = path.join(scratch, 'questions.json')
    fs.writeFileSync(file, JSON.stringify({ documents: documents.filter((d) => d.queries.length) }))
    const { status, lines } = await node([path.join(oracle.tool, 'can-i.mjs'), '--quiet', file], { IAM_ORACLE_MODULES: oracle.modules })
    const yes = documents.reduce((sum, d) => sum + d.queries.filter((q) => q.expect === 'allow').length, 0)
    console.log(lines.join('\n'))
    console.log(`${documents.length} roles, ${yes} of the answers are yes`)
    return status === 0 && yes ? 0 : 1
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true })
  }
}

await runMain(main)
