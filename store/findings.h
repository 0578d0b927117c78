// The part of an analysis that is only read back whole, as bytes.
#pragma once

#include <string>
#include <string_view>

#include "model/analysis.h"

namespace plumbline {

// Language as found, the three probabilities, the aspects, tier, model, emotion and irony. Empty
// for a document not analysed.
void pack_findings(const Analysis& analysis, std::string& out);
// Bytes that are no such thing leave what could be read.
void unpack_findings(std::string_view bytes, Analysis& analysis);

// Little-endian numbers in a row, the shape of the blobs here.
void append_number(std::string& out, std::uint32_t value);
bool take_number(std::string_view& bytes, std::uint32_t& value);

}  // namespace plumbline
