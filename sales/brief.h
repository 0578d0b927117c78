// Builds the brief on one person from their own words. Nothing is averaged; nothing is said without
// evidence.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/analysis.h"
#include "model/brief.h"
#include "model/claim.h"
#include "model/document.h"
#include "model/person.h"

namespace plumbline {

// One of the person's documents with what was found in it.
struct OwnDocument {
  Document document;
  Analysis analysis;
  bool copy = false;  // a near-identical text of theirs was there before
};

struct BriefInput {
  Person person;
  std::vector<OwnDocument> documents;  // newest first
  std::string brand;                   // whose salesperson reads this
  std::vector<std::string> products;   // what the brand sells; naming one names the brand
  std::vector<std::string> competitors;
  std::vector<Claim> claims;
  Seconds now = kNoTime;
  Zone zone;
  std::string note;
  bool cost_pressure = false;  // money first among equals when times are hard; the brief says so
};

Result<Brief> build_brief(const BriefInput& input);

}  // namespace plumbline
