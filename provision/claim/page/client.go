package page

import (
	"net/http"
	"net/netip"
	"strings"
)

// client is the address of whoever asks. A proxy that is trusted says it in
// X-Forwarded-For, to whose end each proxy adds whom it was asked by: the last
// one that is no proxy of ours is who asks. What stands before it anybody may
// have written.
func (s *site) client(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	asks := peer.Addr().Unmap()
	said := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(said) - 1; i >= 0 && s.trusts(asks); i-- {
		behind, known := forwarded(strings.TrimSpace(said[i]))
		if !known {
			break
		}
		asks = behind.Unmap().WithZone("")
	}
	return asks
}

// forwarded reads an address as proxies write it: some add the port.
func forwarded(text string) (netip.Addr, bool) {
	if a, err := netip.ParseAddr(text); err == nil {
		return a, true
	}
	p, err := netip.ParseAddrPort(text)
	return p.Addr(), err == nil
}

// trusts reports whether an address is one of our proxies.
func (s *site) trusts(a netip.Addr) bool {
	for _, p := range s.Proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}
