// What one person says they want, need, suffer from, fear, risk, pay and expect: each remark a
// stretch of their own text, none merged with another, opposing ones kept side by side.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/claim.h"
#include "sales/material.h"

namespace plumbline {

// The themes of the total cost of ownership besides the price, in the order of a purchase's life.
inline constexpr std::string_view kCostThemes[] = {"delivery", "setup",   "training", "support",
                                                   "warranty", "running", "leaving"};
// A theme as it reads in a sentence: "setup" gives "set-up", "running" gives "running cost".
std::string_view theme_in_words(std::string_view theme);
// False for topics that are only words of the sentence.
bool is_theme(std::string_view topic);

struct Remark {
  std::size_t item = 0;  // index into Material::items
  Span span;             // of the text, as it is quoted; never touches a special category
  Span core;             // what was found; `span` may be the sentence around it
  // want need pain fear risk cost experience from the analysis; praise and pain from what was
  // praised or blamed, remark where a theme is only named; price and value for talk of
  // money and worth
  std::string_view kind;
  std::string_view theme;  // the analysis' topic; may be empty
  Polarity tone = Polarity::neutral;
  bool sure = true;  // false: a theme named in passing, or in a text that does not clearly feel so
  bool denied = false;  // its sentence holds a "not" or "never"
  Side side = Side::nobody;
  bool on_us = false;  // side is us and the words are: they, or the sentence before, name us; or
                       // the text names no other brand and they are about a theme
  std::string_view rival;  // where side is them
  double score = 0;        // newer, themed and quotable ones first
};

struct Concerns {
  std::vector<Remark> remarks;  // best first; the same input gives the same order
  std::int64_t withheld = 0;    // sentences left out because they touch a special category
};

Concerns collect_concerns(const Material& material, const BriefInput& input);

// At most `most` pairs of indexes into `remarks` that say opposite things: praise and blame of the
// same theme of the same brand, or a wish and its denial; never two parts of one sentence. The
// earlier-said one first.
std::vector<std::pair<std::size_t, std::size_t>> find_opposing(const Material& material,
                                                               const Concerns& concerns,
                                                               std::size_t most);

// The claim that answers a worry, with its proof: by theme, else by shared words. "no proof on
// file" where there is none.
std::string answer_to(std::string_view theme, std::string_view quote,
                      std::span<const Claim> claims);

enum class Match { any, all };
// The first sentence of `text` with one (or all) of the cues and nothing of a special category; an
// empty span if there is none. No cues wanted: the first sentence that may be shown.
Span find_sentence(std::string_view text, std::uint32_t cues, Match match = Match::any);

}  // namespace plumbline
