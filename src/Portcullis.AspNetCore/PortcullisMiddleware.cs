namespace Portcullis.AspNetCore;

/// <summary>Drives the gate over live HTTP exchanges.</summary>
internal static class PortcullisMiddleware;
