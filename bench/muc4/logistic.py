"""Small linear models over named features, in pure Python."""
import math
import random
from collections import Counter, defaultdict

DECAY = 0.01                      # set on train


class Features:
    """Feature names to numbers; those seen in fewer than `least` examples are left out."""

    def __init__(self, examples, least=2):
        seen = Counter(f for names in examples for f in set(names))
        self.numbers = {f: i for i, f in enumerate(sorted(f for f, n in seen.items() if n >= least))}

    def __call__(self, names):
        numbers = self.numbers
        return [numbers[f] for f in set(names) if f in numbers]

    def __len__(self):
        return len(self.numbers)


class Logistic:
    """Chance of one outcome; targets may lie between 0 and 1 (half right)."""

    def __init__(self, examples, epochs=8, rate=0.15, decay=DECAY, least=2):
        self.features = Features((f for f, _ in examples), least)
        self.weights, self.bias = [0.0] * len(self.features), 0.0
        self._fit([(self.features(f), y) for f, y in examples], epochs, rate, decay)

    def _fit(self, rows, epochs, rate, decay):
        if not rows:
            self.bias = -9.0
            return
        share = min(max(sum(y for _, y in rows) / len(rows), 1e-4), 1 - 1e-4)
        self.bias = math.log(share / (1 - share))
        w, squares, bias_squares = self.weights, [1e-2] * len(self.weights), 1e-2
        shuffled = random.Random(1)
        for _ in range(epochs):
            shuffled.shuffle(rows)
            for numbers, y in rows:
                z = self.bias + sum(w[i] for i in numbers)
                g = (1 / (1 + math.exp(-z)) if z > -30 else 0.0) - y
                bias_squares += g * g
                self.bias -= rate * g / math.sqrt(bias_squares)
                for i in numbers:
                    slope = g + decay * w[i]
                    squares[i] += slope * slope
                    w[i] -= rate * slope / math.sqrt(squares[i])

    def __call__(self, names):
        z = self.bias + sum(self.weights[i] for i in self.features(names))
        return 1 / (1 + math.exp(-z)) if z > -30 else 0.0


class Choice:
    """Chances of several labels, one against the rest, made to sum to one."""

    def __init__(self, examples, **options):
        labels = Counter(y for _, y in examples)
        self.models = {y: Logistic([(f, float(z == y)) for f, z in examples], **options)
                       for y, n in labels.items() if n >= 3 or len(labels) == 1}
        if not self.models and labels:
            self.models = {labels.most_common(1)[0][0]: lambda names: 1.0}

    def __call__(self, names):
        chances = {y: model(names) for y, model in self.models.items()}
        total = sum(chances.values()) or 1.0
        return {y: c / total for y, c in chances.items()}

    def best(self, names):
        chances = self(names)
        return max(sorted(chances.items()), key=lambda pair: pair[1]) if chances else (None, 0.0)


def folds(items, count):
    """(left out, the rest) of items dealt into `count` heaps by a hash of nothing but their order."""
    heaps = defaultdict(list)
    for i, item in enumerate(items):
        heaps[i % count].append(item)
    for i in range(count):
        yield heaps[i], [x for j in range(count) if j != i for x in heaps[j]]


def level(chance):
    """A chance as a coarse step, for use as a feature."""
    return round(math.log((chance + 0.01) / (1.01 - chance)) * 1.5)
