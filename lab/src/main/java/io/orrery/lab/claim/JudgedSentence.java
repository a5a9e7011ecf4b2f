package io.orrery.lab.claim;

import io.orrery.lab.judge.Verdict;

/** A sentence with its verdict: its own, or withheld because another question was asked. */
public record JudgedSentence(Sentence sentence, Verdict verdict) {}
