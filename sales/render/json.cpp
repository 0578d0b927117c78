#include <cmath>

#include <nlohmann/json.hpp>

#include "sales/render/layout.h"
#include "sales/render/render.h"

namespace plumbline {
namespace {

using Json = nlohmann::ordered_json;

Json time_or_null(Seconds when) { return when == kNoTime ? Json(nullptr) : Json(format_utc(when)); }

// Two decimals, so that the last bits of a sum do not show.
double rounded(double value) { return std::round(value * 100) / 100; }

Json statement_json(const Statement& statement) {
  Json out{{"id", statement.id},
           {"section", name_of(statement.section())},
           {"kind", statement.kind()},
           {"text", statement.text()},
           {"evidence", statement.evidence()}};
  if (!statement.opposes.empty()) out["opposes"] = statement.opposes;
  if (!statement.answer.empty()) out["answer"] = statement.answer;
  return out;
}

Json evidence_json(const Evidence& evidence) {
  return {{"id", evidence.id},
          {"source", evidence.source},
          {"document", evidence.document},
          {"url", evidence.url},
          {"published_at", time_or_null(evidence.published_at)},
          {"handle", evidence.handle},
          {"quote", evidence.quote},
          {"begin", evidence.begin},
          {"end", evidence.end},
          {"text_hash", evidence.text_hash},
          {"link", evidence_link(evidence)}};
}

Json temperature_json(const Temperature& temperature) {
  Json reasons = Json::array();
  for (const Temperature::Reason& reason : temperature.reasons)
    reasons.push_back(
        {{"text", reason.text}, {"evidence", reason.evidence}, {"points", rounded(reason.points)}});
  return {{"band", name_of(temperature.band)},
          {"fit", temperature.fit < 0 ? Json(nullptr) : Json(rounded(temperature.fit))},
          {"intent", rounded(temperature.intent)},
          {"reasons", reasons},
          {"cools_on", time_or_null(temperature.cools_on)}};
}

}  // namespace

std::string brief_json(const Brief& brief) {
  Json out{{"person", person_name(brief)},
           {"role", brief.person.role},
           {"firm", brief.person.firm},
           {"call_at", brief.person.call_at},
           {"made_at", time_or_null(brief.made_at)},
           {"zone", brief.zone},
           {"note", brief.note}};
  out["accounts"] = Json::array();
  for (const Account& account : brief.person.accounts)
    out["accounts"].push_back({{"source", account.source},
                               {"handle", account.handle},
                               {"name", account.name},
                               {"probability", rounded(account.probability)},
                               {"reason", account.reason}});
  out["documents"] = brief.documents;
  out["copies"] = brief.copies;
  out["oldest"] = time_or_null(brief.oldest);
  out["newest"] = time_or_null(brief.newest);
  out["statements"] = Json::array();
  for (const Statement& statement : brief.statements)
    out["statements"].push_back(statement_json(statement));
  out["evidence"] = Json::array();
  for (const Evidence& evidence : brief.evidence)
    out["evidence"].push_back(evidence_json(evidence));
  out["temperature"] = temperature_json(brief.temperature);
  out["gaps"] = brief.gaps;
  out["doubts"] = brief.doubts;
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace plumbline
