#include "nlp/cue_line.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "nlp/pattern_file.h"

namespace plumbline {
namespace {

// What stands between two words.
struct Gap {
  bool blank = false;
  bool clause = false;
  bool currency = false;
  bool percent = false;
  bool handle = false;
  bool question = false;
  int opened = 0;       // quotation marks that open, less those that close
  bool turned = false;  // an odd number of straight quotation marks
};

// Length of the character that begins at text[i].
std::size_t length_at(std::string_view text, std::size_t i) {
  auto lead = static_cast<unsigned char>(text[i]);
  std::size_t n = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return std::min(n, text.size() - i);
}

void read_ascii(std::string_view gap, std::size_t at, Gap& out) {
  const char c = gap[at];
  switch (c) {
    case ' ':
    case '\t':
    case '\n': out.blank = true; break;
    case '$': out.currency = true; break;
    case '%': out.percent = true; break;
    case '@': out.handle = true; break;
    case '?': out.question = out.clause = true; break;
    case '.': out.clause = true; break;
    case '"':
      out.turned = !out.turned;
      out.clause = true;
      break;
    case '-':  // a dash has a blank or another dash beside it, a hyphen stands alone
      if (gap.size() > 1) out.clause = true;
      out.blank = true;
      break;
    default:
      if (is_alnum(c)) {
        out.handle = true;  // letters that are no word: a handle or a link
      }
      (clause_sign_at(gap, at) > 0 ? out.clause : out.blank) = true;
  }
}

void read_other(std::string_view sign, Gap& out) {
  if (sign == "€" || sign == "£" || sign == "¥" || sign == "￥" || sign == "₹") {
    out.currency = true;
  } else if (sign == "\u00A0" || sign == "\u3000" || sign == "\u2009" || sign == "\u202F") {
    out.blank = true;
  } else if (sign == "“" || sign == "„" || sign == "«" || sign == "「" || sign == "『") {
    ++out.opened;
    out.clause = true;
  } else if (sign == "”" || sign == "»" || sign == "」" || sign == "』") {
    --out.opened;
    out.clause = true;
  } else if (is_question_mark(sign)) {
    out.question = out.clause = true;
  } else if (sign == "・" || sign == "\u2019" || sign == "\u2018" || sign == "\u200D" ||
             sign == "\u200B" || sign == "\u2011" || sign == "\u2010") {
    out.blank = out.blank || sign != "・";
  } else {
    out.clause = true;  // what clause_sign_at knows, and emoji
  }
}

Gap read_gap(std::string_view gap) {
  Gap out;
  if (gap == " ") {
    out.blank = true;
    return out;
  }
  for (std::size_t i = 0; i < gap.size();) {
    std::size_t n = length_at(gap, i);
    if (n == 1) {
      read_ascii(gap, i, out);
    } else {
      read_other(gap.substr(i, n), out);
    }
    i += n;
  }
  // A handle holds signs of its own ("http://t.co/a?b"), which mean nothing here.
  if (out.handle) out.question = false;
  return out;
}

void append_signs(const Gap& gap, std::string& line) {
  if (gap.percent) line += " percent";
  if (gap.handle) line += " @";
  if (gap.clause && !gap.handle) line += " ,";
  if (gap.currency) line += " dollars";
  if (gap.blank || gap.clause || gap.currency || gap.percent || gap.handle) line += ' ';
}

}  // namespace

std::size_t CueLine::place_at(std::uint32_t at) const {
  auto found = std::upper_bound(places.begin(), places.end(), at,
                                [](std::uint32_t a, const Place& p) { return a < p.end; });
  return static_cast<std::size_t>(found - places.begin());
}

void make_line(const Prepared& text, std::uint32_t first, std::uint32_t last, CueLine& out) {
  out.text.clear();
  out.places.clear();
  out.first = first;
  out.question = false;
  const Piece& sentence = text.sentences[text.words[first].sentence];
  std::uint32_t before = sentence.begin;
  std::string scratch;
  int depth = 0;
  bool straight = false;
  for (std::uint32_t w = first; w < last; ++w) {
    const Word& word = text.words[w];
    Gap gap = read_gap(text.text.substr(before, word.span.begin - before));
    depth = std::max(0, depth + gap.opened);
    if (gap.turned) straight = !straight;
    if (w > first) {
      append_signs(gap, out.text);
    } else if (gap.currency) {
      out.text += "dollars ";
    }
    CueLine::Place& place = out.places.emplace_back();
    place.begin = static_cast<std::uint32_t>(out.text.size());
    out.text += plain(word.folded, scratch);
    place.end = static_cast<std::uint32_t>(out.text.size());
    place.breaks = w == first || (gap.clause && !gap.handle);
    place.quoted = depth > 0 || straight;
    before = word.span.end;
  }
  Gap rest = read_gap(text.text.substr(before, std::max(sentence.end, before) - before));
  if (rest.currency) out.text += " dollars";
  if (rest.percent) out.text += " percent";
  out.question = rest.question;
}

}  // namespace plumbline
