using System.Text;

namespace Portcullis.Demo;

/// <summary>What the demo's gateway says: dropped while an act plays, shown once somebody plays with it.</summary>
internal sealed class DemoLog : TextWriter
{
    private Action<string>? _show;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Hands lines on from now.</summary>
    public void Open(Action<string> show) => _show = show;

    public override void WriteLine(string? value) => _show?.Invoke(value ?? "");
}
