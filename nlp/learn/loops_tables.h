// The tables of nlp/learn/loops_*.cpp, for nlp/learn/loops.cpp to choose from. nullptr: not
// compiled for this kind of processor.
#pragma once

namespace plumbline {

struct LearnLoops;
const LearnLoops* avx512_learn_loops();
const LearnLoops* avx2_learn_loops();

}  // namespace plumbline
