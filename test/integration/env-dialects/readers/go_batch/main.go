// Run with the name of a reader and files: prints what it makes of each, as JSON.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/joho/godotenv"
	"github.com/subosito/gotenv"
)

type answer struct {
	Values map[string]string `json:"values,omitempty"`
	Error  string            `json:"error,omitempty"`
}

func read(reader, file string) (answer answer) {
	defer func() {
		if panicked := recover(); panicked != nil {
			answer.Error = fmt.Sprint(panicked)
		}
	}()
	var err error
	if reader == "gotenv" {
		text, openError := os.Open(file)
		if openError != nil {
			panic(openError)
		}
		defer text.Close()
		var values gotenv.Env
		values, err = gotenv.StrictParse(text)
		answer.Values = values
	} else {
		answer.Values, err = godotenv.Read(file)
	}
	if err != nil {
		answer.Error = err.Error()
	} else if answer.Values == nil {
		answer.Values = map[string]string{}
	}
	return answer
}

func main() {
	answers := []answer{}
	for _, file := range os.Args[2:] {
		answers = append(answers, read(os.Args[1], file))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
