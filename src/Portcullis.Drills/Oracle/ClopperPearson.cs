namespace Portcullis.Drills.Oracle;

/// <summary>
/// The exact upper confidence bound of a rate. Source: Clopper and Pearson (1934); the binomial tail as a regularised incomplete beta
/// function, by its continued fraction (Press et al., Numerical Recipes, 6.4).
/// </summary>
public static class ClopperPearson
{
    private const double Alpha = 0.05;

    /// <summary>Largest rate that would still show as few events as these in 5 % of runs.</summary>
    public static double Upper95(long events, long trials)
    {
        if (trials == 0 || events >= trials)
        {
            return 1;
        }
        if (events == 0)
        {
            return 1 - Math.Pow(Alpha, 1.0 / trials);
        }
        var (low, high) = ((double)events / trials, 1.0);
        for (var i = 0; i < 200; i++)
        {
            var middle = (low + high) / 2;
            // P(X <= events) = I(1 - p; trials - events, events + 1), falling in p.
            if (Beta(1 - middle, trials - events, events + 1) > Alpha)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }
        return high;
    }

    private static double Beta(double x, double a, double b)
    {
        if (x is <= 0 or >= 1)
        {
            return x <= 0 ? 0 : 1;
        }
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x));
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - front * Fraction(1 - x, b, a) / b;
    }

    private static double Fraction(double x, double a, double b)
    {
        const double Tiny = 1e-300;
        var c = 1.0;
        var d = 1 / NotZero(1 - (a + b) * x / (a + 1));
        var result = d;
        for (var m = 1; m <= 20_000; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            result *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            var step = d * c;
            result *= step;
            if (Math.Abs(step - 1) < 1e-14)
            {
                break;
            }
        }
        return result;

        static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }

    // Lanczos approximation, g = 7.
    private static double LogGamma(double x)
    {
        ReadOnlySpan<double> terms =
        [
            0.99999999999980993,
            676.5203681218851,
            -1259.1392167224028,
            771.32342877765313,
            -176.61502916214059,
            12.507343278686905,
            -0.13857109526572012,
            9.9843695780195716e-6,
            1.5056327351493116e-7,
        ];
        x -= 1;
        var sum = terms[0];
        for (var i = 1; i < terms.Length; i++)
        {
            sum += terms[i] / (x + i);
        }
        var t = x + 7.5;
        return 0.5 * Math.Log(2 * Math.PI) + (x + 0.5) * Math.Log(t) - t + Math.Log(sum);
    }
}
