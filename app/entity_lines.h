// Entities and offers as JSON, and the tester of brand words: what spoke for and against each, and
// how often the verdict is right on labelled sentences.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/document.h"
#include "model/entity.h"
#include "nlp/brands.h"

namespace plumbline {

using LineSink = std::function<void(std::string_view line)>;  // gets a line with its line feed

// Brands and products of the text, beside what is named already.
void add_brands(const BrandWords& brands, const Document& document, Named& named,
                std::vector<Reason>* why);

// Brands of the words of a command line: `names`, and `aliases` as "NAME=SPELLING" (a name that is
// in no list yet becomes a brand), `products` and `context` likewise. An error of code invalid
// shows the form.
struct BrandWish {
  std::vector<std::string> names, aliases, products, context;
  bool empty() const { return names.empty() && aliases.empty(); }
};
Result<std::vector<BrandTerms>> brands_wished(const BrandWish& wish);
// The brands wished for, else those of the workspace's configuration; none without both.
Result<BrandWords> brands_for(const BrandWish& wish, const std::string& workspace_folder);

// One text: its brand words, each with its verdict and the evidence, a line each; as one JSON
// object if asked.
void explain_brands(const BrandWords& brands, std::string_view text, bool json,
                    const LineSink& sink);

// A file of {"text","word","brand":true|false}, one a line: each word is taken for a brand and
// judged. Prints precision, recall, accuracy and every sentence judged wrongly. An error where no
// line could be read; broken lines are counted in the output.
Status score_brands(std::string_view labels, bool json, const LineSink& sink);

}  // namespace plumbline
