// The mood of a prepared text: a linear model over named features (nlp/sentiment_features.h), so
// that every answer can be taken apart again into the words and rules that made it.
#pragma once

#include <vector>

#include "model/analysis.h"
#include "nlp/analyze.h"
#include "nlp/lexicon.h"
#include "nlp/prepared.h"
#include "nlp/sentiment_features.h"

namespace plumbline {

// Sums of the features of one text or several (a title and its text); divided by `root` only when
// the answer is asked for.
struct Weighing {
  double polarity = 0, opinion = 0;
  double squares = 0;  // of the roots, so that two parts count as one text
  bool found = false;  // at least one word or symbol had a weight
};

// Adds one part of a text.
void add_evidence(const Prepared& text, const TextPart& part, const Lexicon& lexicon,
                  Weighing& evidence);

// Softmax of the evidence; the label is the likeliest of the three, neutral on a tie.
Sentiment judge(const Weighing& evidence, const Lexicon& lexicon);

// The whole text and nothing else.
Sentiment sentiment_of(const Prepared& text, const Lexicon& lexicon);

// What moved the score, in text order, one entry per word and rule; weights as they enter
// P(positive) against P(negative), small ones left out.
void explain_sentiment(const Prepared& text, const Lexicon& lexicon, std::vector<Reason>& out);

// The clause around `span`: its sentence, cut at contrast words and semicolons where the cut leaves
// words on both sides.
TextPart clause_around(const Prepared& text, Span span, const Lexicon& lexicon);

}  // namespace plumbline
