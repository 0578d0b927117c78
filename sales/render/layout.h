// The lines that all forms of a brief share, as plain text: each form escapes them in its own way.
#pragma once

#include <string>
#include <vector>

#include "model/brief.h"

namespace plumbline {

std::string person_name(const Brief& brief);    // at most 60 characters; never empty
std::string person_office(const Brief& brief);  // "buyer, Example Ltd; call 10:30"; may be empty
std::string accounts_line(const Brief& brief);  // "2 accounts: reviews:@ada, forum:@ada (p = 0.97)"
std::string extent_line(const Brief& brief);    // "34 texts, 2025-01-03 to 2026-11-20; made …"
std::string warmth_line(const Brief& brief);    // "WARM, intent 43 of 100, fit: nothing on file"
std::string cooling_line(const Brief& brief);   // "cools to COLD on 2026-12-04"; empty when cold
std::string label_of(const Statement& statement);  // "want: "; empty where the text says it all
std::string day_in_zone(const Brief& brief, Seconds when);  // "undated" for kNoTime
std::string refs_of(const Statement& statement);            // "[E1][E2]"

// The gaps that stand under Money and Do not say, and the others.
struct SortedGaps {
  std::string money;  // "no evidence on warranty, training"
  std::string withheld;
  std::vector<std::string> others;
};
SortedGaps sort_gaps(const Brief& brief);

// Statements of a section; one that opposes an earlier one comes right behind it.
std::vector<const Statement*> statements_of(const Brief& brief, Section section);
const Evidence* find_evidence(const Brief& brief, const std::string& id);

// The original's address with a text fragment that leads the browser to the quote; empty where the
// address may not be a link.
std::string evidence_link(const Evidence& evidence);

// The plain text, one string per line of at most 80 columns, without any limit on lines.
std::vector<std::string> text_lines(const Brief& brief);

inline constexpr Section kPageSections[] = {
    Section::why_now,    Section::goal,        Section::words,      Section::money,  Section::risks,
    Section::experience, Section::us_and_them, Section::do_not_say, Section::context};

}  // namespace plumbline
