// How numbers, days and titles read on the page and in Markdown: one wording for all forms.
#pragma once

#include <string>
#include <string_view>

#include "model/report.h"

namespace plumbline {

// What stands in place of a value with too few authors behind it.
inline constexpr std::string_view kTooFew = "too few to say";

std::string whole(std::int64_t number);  // 12,345
// Net sentiment in points: -100..100 with a true minus sign, "+12".
std::string points(double value);
std::string points_range(const Estimate& estimate);   // "+4 to +20"
std::string percent(double share);                    // 0.123 -> "12 %", below 10 % with a decimal
std::string percent_range(const Estimate& estimate);  // "10 to 15 %"
std::string counts_words(const Counts& counts);       // "1,204 mentions by 310 authors"
std::string days_words(Day first, Day last);          // "1 Oct to 22 Nov 2026"
std::string day_words(Day day);                       // "22 Nov 2026"
std::string moment_words(Seconds when);               // "22 Nov 2026 06:00 UTC"
std::string period_words(Day start, Unit unit);       // "22 Nov", "week of 16 Nov", "Nov 2026"
std::string_view title_of(StatementKind kind);        // "Pains"

// One sentence on how net sentiment moved between the two periods, and how sure that is.
std::string change_sentence(const Change& change);
// For a dimension: how much of the change is feeling and how much is who talked; warns when the two
// disagree (Simpson's paradox). Empty if nothing moved.
std::string split_sentence(const Change& change, std::string_view dimension);
// When the talk was far louder than usual, and about what; empty if it never was.
std::string loudest_sentence(const Loudest& loudest);
// How much of the praise may be meant ironically; empty where nothing is praised.
std::string doubt_sentence(const Doubt& doubt);
std::string coverage_sentence(const Report& report);

}  // namespace plumbline
