using System.Text;

namespace Portcullis.Demo;

/// <summary>Draws records lost over time, without and with, as inline SVG coloured by the page's own variables.</summary>
internal static class LossChart
{
    private const double Left = 58;
    private const double Right = 760;
    private const double Top = 14;
    private const double Bottom = 300;
    private const int Ticks = 4;

    public static string Draw(DemoActResult without, DemoActResult with)
    {
        var seconds = Math.Max(1, Math.Max(without.Seconds, with.Seconds));
        var step = NiceStep(Math.Max(without.Lost, with.Lost));
        var most = step * Ticks;
        var svg = new StringBuilder();
        svg.Append("<svg viewBox=\"0 0 860 336\" role=\"img\" aria-label=\"");
        svg.Append($"Records lost over time: {without.Lost} without, {with.Lost} with\">");
        for (var i = 0; i <= Ticks; i++)
        {
            var y = Y(i * step, most);
            svg.Append(
                FormattableString.Invariant($"<path d=\"M{Left} {y:0.#}H{Right}\" stroke=\"var(--faint)\" fill=\"none\"/>")
            );
            svg.Append(
                FormattableString.Invariant(
                    $"<text x=\"{Left - 12}\" y=\"{y + 4.5:0.#}\" text-anchor=\"end\">{i * step:N0}</text>"
                )
            );
        }
        var every = NiceStep((int)seconds);
        for (var at = 0; at <= seconds; at += every)
        {
            svg.Append(
                FormattableString.Invariant(
                    $"<text x=\"{X(at, seconds):0.#}\" y=\"{Bottom + 26}\" text-anchor=\"middle\">{at} s</text>"
                )
            );
        }
        Line(svg, without, seconds, most, "without");
        Line(svg, with, seconds, most, "with");
        return svg.Append("</svg>").ToString();
    }

    private static void Line(StringBuilder svg, DemoActResult act, double seconds, int most, string name)
    {
        var path = string.Join(
            "L",
            act.Curve.Select(point => FormattableString.Invariant($"{X(point.Seconds, seconds):0.#} {Y(point.Lost, most):0.#}"))
        );
        var end = act.Curve[^1];
        var (x, y) = (X(end.Seconds, seconds), Y(end.Lost, most));
        svg.Append(
            FormattableString.Invariant($"<path d=\"M{path}L{x:0.#} {Bottom}L{Left} {Bottom}Z\" fill=\"var(--{name}-soft)\"/>")
        );
        svg.Append(
            $"<path d=\"M{path}\" fill=\"none\" stroke=\"var(--{name})\" stroke-width=\"2.5\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>"
        );
        svg.Append(FormattableString.Invariant($"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"4.5\" fill=\"var(--{name})\"/>"));
        // The two labels never overlap: the lower one sits on its line, the upper one beside its end.
        svg.Append(
            FormattableString.Invariant(
                $"<text class=\"end\" x=\"{x + 12:0.#}\" y=\"{y + 5:0.#}\" style=\"fill:var(--{name})\">{end.Lost:N0} {name}</text>"
            )
        );
    }

    private static double X(double at, double seconds) => Left + (Right - Left) * Math.Min(1, at / seconds);

    private static double Y(int lost, int most) => Bottom - (Bottom - Top) * lost / most;

    /// <summary>The least of 1, 2, 2.5 and 5 times a power of ten that covers the greatest value in the given number of steps.</summary>
    private static int NiceStep(int greatest)
    {
        for (var power = 1; ; power *= 10)
        {
            foreach (var factor in (ReadOnlySpan<double>)[1, 2, 2.5, 5])
            {
                var step = (int)(factor * power);
                if (step * (long)Ticks >= greatest)
                {
                    return step;
                }
            }
        }
    }
}
