using System.Globalization;
using System.Text;

namespace Portcullis.Demo;

/// <summary>Draws records lost over time, without and with, as inline SVG coloured by the page's own variables.</summary>
internal sealed class LossChart
{
    private const int MostTicks = 6;
    private const double Left = 62;
    private const double Top = 34;
    private const double ForLabels = 118;
    private const double ForTime = 46;
    private const double LabelHeight = 19;

    private readonly StringBuilder _svg = new();
    private readonly DemoActResult _without;
    private readonly DemoActResult _with;
    private readonly double _right;
    private readonly double _bottom;
    private readonly double _seconds;
    private readonly int _step;
    private readonly int _ticks;

    private LossChart(DemoActResult without, DemoActResult with, int width, int height)
    {
        _without = without;
        _with = with;
        _right = width - ForLabels;
        _bottom = height - ForTime;
        _seconds = Math.Max(1, Math.Max(without.Seconds, with.Seconds));
        var most = Math.Max(1, Math.Max(without.Lost, with.Lost));
        _step = NiceStep(most, MostTicks);
        _ticks = (most + _step - 1) / _step;
    }

    /// <summary>The chart at a size in which its text is readable without scaling.</summary>
    public static string Draw(DemoActResult without, DemoActResult with, int width = 860, int height = 356) =>
        new LossChart(without, with, width, height).Draw(width, height);

    /// <summary>What the chart shows, for whoever does not see it.</summary>
    public static string Describe(DemoActResult without, DemoActResult with) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Two curves over {Math.Max(without.Seconds, with.Seconds):0} seconds of the same attacks. Without the gateway {without.Lost:N0} people's records were lost, half of them within {HalfAt(without):0} seconds. With it {with.Lost:N0} were lost, the last one after {LastAt(with):0} seconds."
        );

    private string Draw(int width, int height)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"");
        _svg.Append(Describe(_without, _with)).Append("\">");
        Text(0, 14, "start", "people’s records lost, in all");
        for (var i = 0; i <= _ticks; i++)
        {
            var y = Y(i * _step);
            _svg.Append(Invariant($"<path d=\"M{Left} {y:0.#}H{_right}\" stroke=\"var(--faint)\" fill=\"none\"/>"));
            Text(Left - 12, y + 4.5, "end", Invariant($"{i * _step:N0}"));
        }
        var every = NiceStep((int)Math.Ceiling(_seconds), _right - Left > 400 ? 8 : 4);
        for (var at = 0; at <= _seconds; at += every)
        {
            Text(X(at), _bottom + 22, "middle", Invariant($"{at}"));
        }
        Text((Left + _right) / 2, _bottom + 42, "middle", "seconds since the attacks began");
        Line(_without, "without");
        Line(_with, "with");
        Labels();
        return _svg.Append("</svg>").ToString();
    }

    private void Line(DemoActResult act, string name)
    {
        var path = string.Join("L", act.Curve.Select(point => Invariant($"{X(point.Seconds):0.#} {Y(point.Lost):0.#}")));
        var (x, y) = (X(act.Curve[^1].Seconds), Y(act.Curve[^1].Lost));
        _svg.Append(Invariant($"<path d=\"M{path}L{x:0.#} {_bottom}L{Left} {_bottom}Z\" fill=\"var(--{name}-soft)\"/>"));
        _svg.Append(
            $"<path d=\"M{path}\" fill=\"none\" stroke=\"var(--{name})\" stroke-width=\"2.5\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>"
        );
        _svg.Append(Invariant($"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"4.5\" fill=\"var(--{name})\"/>"));
    }

    // Each curve is named at its end; where the ends lie close, the names step apart.
    private void Labels()
    {
        var (without, with) = (Y(_without.Lost), Y(_with.Lost));
        var apart = Math.Max(0, LabelHeight - Math.Abs(without - with)) / 2;
        var up = without <= with ? -apart : apart;
        Label(_without, without + up, "without");
        Label(_with, with - up, "with");
    }

    private void Label(DemoActResult act, double y, string name) =>
        _svg.Append(
            Invariant(
                $"<text class=\"end\" x=\"{X(act.Curve[^1].Seconds) + 12:0.#}\" y=\"{y + 5:0.#}\" style=\"fill:var(--{name})\">{act.Lost:N0} {name}</text>"
            )
        );

    private void Text(double x, double y, string anchor, string text) =>
        _svg.Append(Invariant($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">{text}</text>"));

    private double X(double at) => Left + (_right - Left) * Math.Min(1, at / _seconds);

    private double Y(int lost) => _bottom - (_bottom - Top) * lost / (_step * (double)_ticks);

    private static double HalfAt(DemoActResult act) =>
        act.Curve.FirstOrDefault(point => point.Lost * 2 >= act.Lost)?.Seconds ?? 0;

    private static double LastAt(DemoActResult act) => act.Curve.FirstOrDefault(point => point.Lost >= act.Lost)?.Seconds ?? 0;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>The least of 1, 2, 2.5 and 5 times a power of ten that covers the greatest value in the given number of steps.</summary>
    private static int NiceStep(int greatest, int steps)
    {
        for (var power = 1; ; power *= 10)
        {
            foreach (var factor in (ReadOnlySpan<double>)[1, 2, 2.5, 5])
            {
                var step = (int)(factor * power);
                if (step * (long)steps >= greatest)
                {
                    return step;
                }
            }
        }
    }
}
