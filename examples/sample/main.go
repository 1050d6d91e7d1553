// Command guestbook greets its visitors: the application of the sample Dockerfile.
package main

import (
	"fmt"
	"log"
	"net/http"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "Welcome. You are the visitor from", r.RemoteAddr)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
