// What the fuzz targets of the language part do with bytes; their corpus is replayed by
// tests/nlp/fast_fuzz_test.cpp.
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "nlp/fast_model.h"
#include "nlp/fast_reading.h"

namespace plumbline::fuzz {

// Any bytes can be cut and read; every slot is one of the table, every span lies in the text.
inline void try_fast_text(std::string_view bytes) {
  const Lexicon none;
  FastScratch scratch;
  read_fast(bytes, none, bytes.size() % 2 == 0 ? "en" : "de", scratch);
  std::uint32_t last = 0;
  for (const FastToken& token : scratch.tokens.tokens) {
    if (token.span.begin < last || token.span.end <= token.span.begin ||
        token.span.end > bytes.size())
      std::abort();
    last = token.span.end;
  }
  for (const std::uint32_t slot : scratch.slots)
    if (slot >= kFastSlots) std::abort();
}

// A model file is read or refused. The hash at its end is put right first, so that what lies before
// it is looked at.
inline void try_fast_model(std::string_view bytes) {
  std::string file = "PLBFAST1" + std::string(bytes);
  const std::uint64_t sum = hash64(file);
  for (int shift = 0; shift < 64; shift += 8) file += static_cast<char>(sum >> shift & 0xFF);
  const auto model = FastModel::read(file, "fuzz");
  if (!model && model.error().message.empty()) std::abort();
  if (FastModel::read(bytes, "fuzz")) std::abort();  // without the hash nothing is a model
}

}  // namespace plumbline::fuzz
