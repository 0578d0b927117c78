#include "app/analysis_json.h"

#include <fmt/format.h>

#include <iterator>

#include "base/text.h"

namespace plumbline {
namespace {

// Pieces put one behind the other: this is most of what `analyze` prints, and a format string read
// anew for each piece would cost more than the digits.
class JsonText {
 public:
  explicit JsonText(std::string& out) : out_(out) {}

  JsonText& operator<<(std::string_view plain) {
    out_ += plain;
    return *this;
  }
  JsonText& quoted(std::string_view text) {
    append_quoted(text, out_);
    return *this;
  }
  JsonText& share(float value) {  // four decimals
    append_fixed4(value, out_);
    return *this;
  }
  JsonText& span(Span span) {
    fmt::format_int begin(span.begin), end(span.end);
    out_ += ",\"begin\":";
    out_.append(begin.data(), begin.size());
    out_ += ",\"end\":";
    out_.append(end.data(), end.size());
    return *this;
  }
  // Each item by `put`, commas between.
  template <class Items, class Put>
  void list(const Items& items, Put put) {
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += ',';
      first = false;
      put(item);
    }
  }

 private:
  std::string& out_;
};

void append_emotion(const EmotionFinding& emotion, std::string& out) {
  JsonText json(out);
  if (!emotion.judged()) {
    json << "null";
    return;
  }
  json << "{\"label\":\"" << name_of(emotion.label) << "\",\"scores\":{";
  for (std::size_t i = 0; i < kEmotionCount; ++i) {
    json << (i > 0 ? ",\"" : "\"") << name_of(static_cast<Emotion>(i)) << "\":";
    json.share(emotion.scores[i]);
  }
  json << "}}";
}

void append_entity(const EntityFinding& entity, std::string& out) {
  JsonText json(out);
  json << "{\"kind\":\"" << name_of(entity.kind) << "\",\"name\":";
  json.quoted(entity.name).span(entity.span);
  auto to = std::back_inserter(out);
  if (!entity.brand.empty()) (json << ",\"brand\":").quoted(entity.brand);
  if (entity.kind == EntityKind::brand || entity.kind == EntityKind::product) {
    json << ",\"probability\":";
    if (entity.judged)
      json.share(entity.probability);
    else
      json << "null";
  }
  if (entity.coloured) json << ",\"label\":\"" << name_of(entity.label) << "\"";
  if (entity.kind == EntityKind::money)
    fmt::format_to(to, ",\"amount\":{},\"currency\":\"{}\"", entity.amount, entity.currency);
  if (entity.from != kNoDay)
    fmt::format_to(to, ",\"from\":\"{}\",\"to\":\"{}\"", format_day(entity.from),
                   format_day(entity.to));
  out += '}';
}

void append_offer(const OfferFinding& offer, std::string& out) {
  JsonText json(out);
  json << "{\"kind\":\"" << name_of(offer.kind) << "\"";
  json.span(offer.span);
  auto to = std::back_inserter(out);
  if (offer.kind == OfferKind::percent) fmt::format_to(to, ",\"percent\":{}", offer.percent);
  if (offer.kind == OfferKind::amount)
    fmt::format_to(to, ",\"amount\":{},\"currency\":\"{}\"", offer.amount, offer.currency);
  if (!offer.code.empty()) (json << ",\"code\":").quoted(offer.code);
  out += '}';
}

}  // namespace

void append_named(const Named& named, std::string& out) {
  JsonText json(out);
  json << "\"entities\":[";
  json.list(named.entities, [&](const EntityFinding& entity) { append_entity(entity, out); });
  json << "],\"offers\":[";
  json.list(named.offers, [&](const OfferFinding& offer) { append_offer(offer, out); });
  json << "]";
}

void append_why(const std::vector<Reason>& why, std::string& out) {
  JsonText json(out);
  json << ",\"why\":[";
  json.list(why, [&](const Reason& reason) {
    (json << "{\"rule\":").quoted(reason.rule) << ",\"weight\":";
    json.share(reason.weight).span(reason.span) << "}";
  });
  json << "]";
}

std::string analysis_json(std::string_view id, const Analysis& analysis, const Named& named,
                          const std::vector<Reason>* why) {
  constexpr std::size_t kUsual = 900;  // bytes
  std::string out;
  out.reserve(kUsual);
  JsonText json(out);
  const Sentiment& mood = analysis.sentiment;
  (json << "{\"id\":").quoted(id) << ",\"lang\":\"" << analysis.lang;
  json << "\",\"sentiment\":{\"label\":\"" << name_of(mood.label) << "\",\"score\":";
  json.share(mood.score) << ",\"negative\":";
  json.share(mood.negative) << ",\"neutral\":";
  json.share(mood.neutral) << ",\"positive\":";
  json.share(mood.positive) << "},\"tier\":";
  json.quoted(analysis.tier) << ",\"model\":";
  json.quoted(analysis.model) << ",\"emotion\":";
  append_emotion(analysis.emotion, out);
  json << ",\"irony\":";
  if (analysis.irony < 0)
    json << "null";
  else
    json.share(analysis.irony);
  if (analysis.is_doubtful()) json << ",\"doubt\":\"irony\"";
  json << ",\"aspects\":[";
  json.list(analysis.aspects, [&](const AspectFinding& aspect) {
    (json << "{\"aspect\":").quoted(aspect.aspect) << ",\"label\":\"" << name_of(aspect.label);
    (json << "\"").span(aspect.span) << "}";
  });
  json << "],\"statements\":[";
  json.list(analysis.statements, [&](const StatementSpan& statement) {
    json << "{\"kind\":\"" << name_of(statement.kind) << "\",\"topic\":";
    json.quoted(statement.topic).span(statement.span) << ",\"holder\":\"";
    json << name_of(statement.holder) << "\",\"tense\":\"" << name_of(statement.tense) << "\"";
    if (statement.conditional()) {
      json << fmt::format(",\"condition\":{{\"begin\":{},\"end\":{}}}", statement.condition.begin,
                          statement.condition.end);
    }
    json << "}";
  });
  json << "],";
  append_named(named, out);
  (json << ",\"price_talk\":").share(analysis.price_talk) << ",\"value_talk\":";
  json.share(analysis.value_talk) << ",\"scored\":" << (analysis.scored ? "true" : "false");
  (json << ",\"version\":").quoted(analysis.version);
  if (why != nullptr) append_why(*why, out);
  json << "}";
  return out;
}

}  // namespace plumbline
