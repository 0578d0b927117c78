#include "store/findings.h"

#include <bit>
#include <utility>

namespace plumbline {
namespace {

void append_text(std::string& out, std::string_view text) {
  append_number(out, static_cast<std::uint32_t>(text.size()));
  out += text;
}

bool take_text(std::string_view& bytes, std::string& text) {
  std::uint32_t size = 0;
  if (!take_number(bytes, size) || size > bytes.size()) return false;
  text = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return true;
}

// Where the name of an aspect would be, this begins what came with the tiers; older rows end
// before.
constexpr std::uint32_t kTierMark = 0xFFFFFFFF;

bool take_float(std::string_view& bytes, float& value) {
  std::uint32_t bits = 0;
  if (!take_number(bytes, bits)) return false;
  value = std::bit_cast<float>(bits);
  return true;
}

bool at_tier(std::string_view bytes) {
  std::uint32_t mark = 0;
  return take_number(bytes, mark) && mark == kTierMark;
}

void take_tier(std::string_view bytes, Analysis& analysis) {
  std::uint32_t mark = 0, label = 0;
  if (!take_number(bytes, mark) || !take_text(bytes, analysis.tier) ||
      !take_text(bytes, analysis.model) || !take_float(bytes, analysis.irony))
    return;
  EmotionFinding emotion;
  if (!take_number(bytes, label) || label >= kEmotionCount) return;
  for (float& p : emotion.scores)
    if (!take_float(bytes, p)) return;
  emotion.label = static_cast<Emotion>(label);
  analysis.emotion = emotion;
}

}  // namespace

void append_number(std::string& out, std::uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(value >> shift & 0xff);
}

bool take_number(std::string_view& bytes, std::uint32_t& value) {
  if (bytes.size() < 4) return false;
  value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  bytes.remove_prefix(4);
  return true;
}

void pack_findings(const Analysis& analysis, std::string& out) {
  out.clear();
  if (analysis.version.empty()) return;
  append_text(out, analysis.lang);
  const Sentiment& s = analysis.sentiment;
  for (float p : {s.negative, s.neutral, s.positive})
    append_number(out, std::bit_cast<std::uint32_t>(p));
  for (const AspectFinding& aspect : analysis.aspects) {
    append_text(out, aspect.aspect);
    append_number(out, static_cast<std::uint32_t>(static_cast<int>(aspect.label) + 1));
    append_number(out, aspect.span.begin);
    append_number(out, aspect.span.end);
  }
  if (analysis.tier.empty()) return;
  append_number(out, kTierMark);
  append_text(out, analysis.tier);
  append_text(out, analysis.model);
  append_number(out, std::bit_cast<std::uint32_t>(analysis.irony));
  if (!analysis.emotion.judged()) return;
  append_number(out, static_cast<std::uint32_t>(analysis.emotion.label));
  for (float p : analysis.emotion.scores) append_number(out, std::bit_cast<std::uint32_t>(p));
}

void unpack_findings(std::string_view bytes, Analysis& analysis) {
  Sentiment& s = analysis.sentiment;
  if (!take_text(bytes, analysis.lang) || !take_float(bytes, s.negative) ||
      !take_float(bytes, s.neutral) || !take_float(bytes, s.positive))
    return;
  while (!at_tier(bytes)) {
    AspectFinding aspect;
    std::uint32_t label = 0;
    if (!take_text(bytes, aspect.aspect) || !take_number(bytes, label) || label > 2 ||
        !take_number(bytes, aspect.span.begin) || !take_number(bytes, aspect.span.end))
      return;
    aspect.label = static_cast<Polarity>(static_cast<int>(label) - 1);
    analysis.aspects.push_back(std::move(aspect));
  }
  take_tier(bytes, analysis);
}

}  // namespace plumbline
