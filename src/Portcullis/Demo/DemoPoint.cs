namespace Portcullis.Demo;

/// <summary>Records lost so far at a moment of an act.</summary>
internal sealed record DemoPoint(double Seconds, int Lost);
