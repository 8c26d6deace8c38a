// What the tables of the ledger share: their rows, and columns that several of them have. Private to this folder.
#pragma once

#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "policy/tables/table.h"

namespace dpc::policy {

using LedgerRow = const ledger::Row*;

std::vector<LedgerRow> LedgerRowsOf(const Side& side, ledger::Sort sort);

// A JSON array.
Cell ListCell(const std::vector<std::string>& texts);
// The key of the cause where head has it; else of the workspace, or of whatever head has.
Cell EntityCell(const Side& side, const ledger::Row& row);

// "an owner: team `crm-data` (`ann@acme.example`), or a member of `data-governance`".
inline Cell CouldCell(const ledger::Row& row) {
  return Cell::TextOrNull(row.authority.could);
}

// Shared columns.
inline constexpr Column<LedgerRow> kLedgerDigest = {
    {"digest", ColumnType::Text, Null::Never, Lookup::Index, "",
     "32 hex digits of what the row says: the same after a rebase, a move or a reformatting."},
    [](const Side& /*side*/, const LedgerRow& row) { return Cell::Text(row->digest); }};
inline constexpr Column<LedgerRow> kLedgerAction = {
    {"action", ColumnType::Text, Null::Never, Lookup::Index, "", "What is done to what, in one word."},
    [](const Side& /*side*/, const LedgerRow& row) { return Cell::Text(row->action); }};
inline constexpr Column<LedgerRow> kLedgerWhat = {
    {"what", ColumnType::Text, Null::Never, Lookup::Scan, "", "The row in words, for people."},
    [](const Side& /*side*/, const LedgerRow& row) { return Cell::Text(row->what); }};
inline constexpr Column<LedgerRow> kLedgerEntity = {
    {"entity", ColumnType::Key, Null::Possible, Lookup::Index, "",
     "The declaration that causes it, where head has it; else the workspace."},
    [](const Side& s, const LedgerRow& row) { return EntityCell(s, *row); }};
inline constexpr Column<LedgerRow> kLedgerAt = {
    {"at", ColumnType::Text, Null::Never, Lookup::Scan, "", "A JSON pointer in it; empty for the declaration."},
    [](const Side& /*side*/, const LedgerRow& row) { return Cell::Text(row->cause.at); }};
inline constexpr Column<LedgerRow> kLedgerPlace = {
    {"declared", ColumnType::Text, Null::Possible, Lookup::Scan, "", "File and line of the cause in head."},
    [](const Side& /*side*/, const LedgerRow& row) { return Cell::TextOrNull(row->cause.place); }};
inline constexpr Column<LedgerRow> kLedgerPlaceBefore = {
    {"declared_before", ColumnType::Text, Null::Possible, Lookup::Scan, "", "File and line of what it was in base."},
    [](const Side& /*side*/, const LedgerRow& row) { return Cell::TextOrNull(row->cause_before.place); }};
inline constexpr Column<LedgerRow> kLedgerData = {
    {"data", ColumnType::Text, Null::Never, Lookup::Scan, "", "The assets concerned: a JSON array of names."},
    [](const Side& /*side*/, const LedgerRow& row) { return ListCell(row->data); }};
inline constexpr Column<LedgerRow> kLedgerPlaces = {
    {"places", ColumnType::Text, Null::Never, Lookup::Scan, "",
     "Where the data lies, absolutely: a JSON array of texts like `s3://bucket/path/`."},
    [](const Side& /*side*/, const LedgerRow& row) { return ListCell(row->places); }};
inline constexpr Column<LedgerRow> kLedgerEnvironments = {
    {"environments", ColumnType::Text, Null::Never, Lookup::Scan, "", "In which environments: a JSON array of names."},
    [](const Side& /*side*/, const LedgerRow& row) { return ListCell(row->environments); }};
inline constexpr Column<LedgerRow> kLedgerClass = {
    {"class", ColumnType::Number, Null::Never, Lookup::Scan, "",
     "The highest class of the data: 0 none, 1 public, 2 internal, 3 confidential, 4 restricted."},
    [](const Side& /*side*/, const LedgerRow& row) { return Cell::Number(ClassRank(row->classification)); }};
inline constexpr Column<LedgerRow> kLedgerClassification = {
    {"classification", ColumnType::Text, Null::Possible, Lookup::Scan, "", "The same as a word."},
    [](const Side& /*side*/, const LedgerRow& row) {
      return Cell::TextOrNull(model::ClassificationName(row->classification));
    }};
inline constexpr Column<LedgerRow> kLedgerOwner = {
    {"owner", ColumnType::Text, Null::Possible, Lookup::Scan, "",
     "Whose data it is by the base, in words; nothing for what environments and the workspace say."},
    [](const Side& /*side*/, const LedgerRow& row) { return Cell::TextOrNull(row->owner); }};
inline constexpr Column<LedgerRow> kLedgerNeeded = {
    {"needed", ColumnType::Number, Null::Never, Lookup::Scan, "", "How many people have to allow it; 0: nobody."},
    [](const Side& /*side*/, const LedgerRow& row) { return Cell::Number(row->authority.needed); }};
inline constexpr Column<LedgerRow> kLedgerGiven = {
    {"given", ColumnType::Number, Null::Never, Lookup::Scan, "", "How many of those who may have approved."},
    [](const Side& /*side*/, const LedgerRow& row) { return Cell::Number(row->authority.given); }};
inline constexpr Column<LedgerRow> kLedgerCovered = {
    {"covered", ColumnType::Flag, Null::Never, Lookup::Index, "",
     "Those who have approved are enough, and an owner or somebody of governance is among them."},
    [](const Side& /*side*/, const LedgerRow& row) { return Cell::Flag(row->authority.covered()); }};
inline constexpr Column<LedgerRow> kLedgerLed = {
    {"led", ColumnType::Flag, Null::Never, Lookup::Scan, "",
     "An owner, or somebody of governance, is among those who have approved."},
    [](const Side& /*side*/, const LedgerRow& row) { return Cell::Flag(row->authority.led); }};
inline constexpr Column<LedgerRow> kLedgerCould = {
    {"could", ColumnType::Text, Null::Possible, Lookup::Scan, "", "Who could cover it, in words."},
    [](const Side& /*side*/, const LedgerRow& row) { return CouldCell(*row); }};
inline constexpr Column<LedgerRow> kLedgerApprovers = {
    {"approvers", ColumnType::Text, Null::Never, Lookup::Scan, "",
     "Who has approved and counts: a JSON array of emails."},
    [](const Side& /*side*/, const LedgerRow& row) { return ListCell(row->authority.counted); }};

// Of `gained` and `lost`.
inline constexpr std::array kAccessColumns = {
    kLedgerDigest,
    kLedgerAction,
    kLedgerWhat,
    Column<LedgerRow>{{"who", ColumnType::Text, Null::Never, Lookup::Scan, "",
                       "Products, or the principal that gets into roles: a JSON array."},
                      [](const Side& /*side*/, const LedgerRow& row) { return ListCell(row->who); }},
    Column<LedgerRow>{{"who_kind", ColumnType::Text, Null::Never, Lookup::Index, "",
                       "product, person, permissionSet, ssoGroup, principal, serviceAccount, podIdentity, conveyor, "
                       "wholeAccount or iamUser."},
                      [](const Side& /*side*/, const LedgerRow& row) { return Cell::Text(row->who_kind); }},
    Column<LedgerRow>{
        {"products", ColumnType::Text, Null::Never, Lookup::Scan, "", "Through whose roles: a JSON array of names."},
        [](const Side& /*side*/, const LedgerRow& row) { return ListCell(row->products); }},
    kLedgerEnvironments,
    Column<LedgerRow>{
        {"ports", ColumnType::Text, Null::Never, Lookup::Scan, "", "By which ports: a JSON array of names."},
        [](const Side& /*side*/, const LedgerRow& row) { return ListCell(row->ports); }},
    kLedgerData,
    kLedgerPlaces,
    kLedgerClass,
    kLedgerClassification,
    kLedgerOwner,
    Column<LedgerRow>{{"starts", ColumnType::Day, Null::Possible, Lookup::Scan, "", "The first day; nothing: at once."},
                      [](const Side& /*side*/, const LedgerRow& row) { return Cell::Day(row->first); }},
    Column<LedgerRow>{
        {"ends", ColumnType::Day, Null::Possible, Lookup::Scan, "", "The last day; nothing: without end."},
        [](const Side& /*side*/, const LedgerRow& row) { return Cell::Day(row->last); }},
    Column<LedgerRow>{
        {"people", ColumnType::Number, Null::Never, Lookup::Scan, "", "How many people get in through these roles."},
        [](const Side& /*side*/, const LedgerRow& row) {
          return Cell::Number(static_cast<std::int64_t>(row->people));
        }},
    kLedgerEntity,
    kLedgerAt,
    kLedgerPlace,
    kLedgerPlaceBefore,
    kLedgerNeeded,
    kLedgerGiven,
    kLedgerLed,
    kLedgerCovered,
    kLedgerCould,
    kLedgerApprovers,
};

}  // namespace dpc::policy
