// One person's documents as a brief may use them: each text once, none from after the brief's own
// time, and a count of everything that was set aside.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sales/brief.h"
#include "sales/lexicon.h"

namespace plumbline {

// Whom a text speaks of.
enum class Side : std::uint8_t { nobody, us, them };

struct Item {
  const OwnDocument* own = nullptr;
  double identity = 1;     // probability that the account is this person's, 0..1
  std::uint32_t cues = 0;  // Cue bits of the whole text
  Side side = Side::nobody;
  std::string_view rival;      // the competitor meant, where side is them
  bool names_several = false;  // two brands or more in one text
  bool names_rival = false;    // a competitor's name stands in the text itself
  bool names_us = false;       // our name stands in the text itself
  Span question;               // the first question that names us; empty if there is none
  bool special_frame = false;  // title or address touch a special category: nothing may be shown
};

// Points into the BriefInput that it was made from.
struct Material {
  std::vector<Item> items;      // newest first, undated last; then by source and id
  std::vector<Seconds> times;   // of all dated documents up to now, copies included, ascending
  std::int64_t documents = 0;   // given, up to now
  std::int64_t copies = 0;      // of these: repeats of an earlier text
  std::int64_t unreadable = 0;  // no text, or bytes that are not UTF-8
  std::int64_t later = 0;       // dated after `now`; not used at all
  std::int64_t undated = 0;
  std::int64_t not_analysed = 0;  // no analysis yet
  Seconds oldest = kNoTime, newest = kNoTime;
};

Material gather_material(const BriefInput& input);

// Whether the sentence around `span`, or the one before it, names us or what we sell.
bool names_us_near(std::string_view text, Span span, const BriefInput& input);

// The first sentence that does, and touches nothing special; empty if there is none.
Span sentence_on_us(std::string_view text, const BriefInput& input);

// Whom `text` names: ourselves, else the first competitor found. `rival` is set with Side::them.
Side side_of(std::string_view text, const BriefInput& input, std::string_view& rival);

}  // namespace plumbline
