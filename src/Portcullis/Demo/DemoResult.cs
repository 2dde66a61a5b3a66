namespace Portcullis.Demo;

/// <summary>Both acts and where the report lies; what <c>portcullis demo --json</c> answers.</summary>
internal sealed record DemoResult(int Customers, DemoActResult Without, DemoActResult With, string Report);
